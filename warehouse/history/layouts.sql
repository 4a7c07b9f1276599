-- Layouts of each source's loaded pages by day; day 0 is the 24 hours that end at `$now`.
SELECT source_id, floor(epoch($now::TIMESTAMPTZ - fetched_at) / 86400)::BIGINT AS days_ago, layout_id, count(*) AS page_count
FROM meta.pages
WHERE fetched_at > $now::TIMESTAMPTZ - to_days($days) AND fetched_at <= $now::TIMESTAMPTZ AND outcome = 'loaded' AND layout_id IS NOT NULL
GROUP BY ALL
ORDER BY ALL;
