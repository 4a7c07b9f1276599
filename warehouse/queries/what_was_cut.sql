-- What was cut from whose pages, and by which rule most often?
SELECT b.reason, count(*) AS block_count, count(DISTINCT a.source_id) AS source_count, mode(b.rule) AS commonest_rule
FROM boilerplate AS b
JOIN articles AS a ON a.article_id = b.article_id
GROUP BY b.reason
ORDER BY block_count DESC, b.reason;
