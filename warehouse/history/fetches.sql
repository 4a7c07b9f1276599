-- Fetches of each source by day and outcome. A page that is not there says nothing of the host.
SELECT source_id, floor(epoch($now::TIMESTAMPTZ - fetched_at) / 86400)::BIGINT AS days_ago, outcome, count(*) AS fetch_count
FROM meta.fetches
WHERE fetched_at > $now::TIMESTAMPTZ - to_days($days) AND fetched_at <= $now::TIMESTAMPTZ
  AND source_id IS NOT NULL AND kind <> 'robots' AND outcome NOT IN ('fetch_404', 'fetch_410')
GROUP BY ALL
ORDER BY ALL;
