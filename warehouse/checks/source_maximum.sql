-- severity: warn
-- A source that a run asked has not brought more than its maximum of articles in the 24 hours before (`bounds` in sources.yml).
-- scope: source
-- runbook: addresses
WITH asked AS (
    SELECT source_id, max(fetched_at) AS asked_at FROM checked_pages GROUP BY source_id
)
SELECT b.source_id, count(*) AS observed, 'at most ' || b.most AS expected, count(*) <= b.most AS is_passed
FROM source_bounds AS b
JOIN asked AS k ON k.source_id = b.source_id
JOIN articles AS a ON a.source_id = b.source_id AND a.first_seen_at > k.asked_at - INTERVAL 1 DAY AND a.first_seen_at <= k.asked_at
WHERE b.most IS NOT NULL
GROUP BY b.source_id, b.most;
