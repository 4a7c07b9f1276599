-- Every source that ever brought an article: how many there are, how many of them are new, and when the last one was first seen.
SELECT
    source_id,
    count(*) AS article_count,
    count(*) FILTER (first_seen_at >= $since::TIMESTAMPTZ) AS new_count,
    max(first_seen_at) AS last_at
FROM articles
GROUP BY source_id
ORDER BY source_id;
