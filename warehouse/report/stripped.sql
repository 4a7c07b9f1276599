-- What was stripped from the articles of each source, by reason: blocks, and the articles that had any.
SELECT a.source_id, b.reason, count(*) AS block_count, count(DISTINCT a.article_id) AS article_count
FROM boilerplate AS b JOIN articles AS a ON a.article_id = b.article_id
WHERE a.first_seen_at >= $since::TIMESTAMPTZ
GROUP BY ALL
ORDER BY block_count DESC, a.source_id, b.reason;
