-- Articles by source and the hours since they were first seen; 0 is the hour that ends at `$now`.
SELECT source_id, floor(epoch($now::TIMESTAMPTZ - first_seen_at) / 3600)::BIGINT AS hours_ago, count(*) AS article_count, max(first_seen_at) AS last_at
FROM articles
WHERE first_seen_at > $now::TIMESTAMPTZ - to_days($days) AND first_seen_at <= $now::TIMESTAMPTZ
GROUP BY ALL
ORDER BY source_id, hours_ago DESC;
