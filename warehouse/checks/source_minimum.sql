-- severity: fail
-- A source that a run asked has brought at least its minimum of articles in the 24 hours before (`bounds` in sources.yml).
-- scope: source
-- runbook: silent-sources
WITH asked AS (
    SELECT source_id, max(fetched_at) AS asked_at FROM checked_pages GROUP BY source_id
), seen AS (
    SELECT
        k.source_id,
        min(a.first_seen_at) <= k.asked_at - INTERVAL 1 DAY AS is_old,
        count(*) FILTER (a.first_seen_at > k.asked_at - INTERVAL 1 DAY AND a.first_seen_at <= k.asked_at) AS article_count
    FROM asked AS k JOIN articles AS a ON a.source_id = k.source_id
    GROUP BY k.source_id, k.asked_at
)
-- in its first day a source has not had the time
SELECT b.source_id, coalesce(s.article_count, 0) AS observed, 'at least ' || b.least AS expected,
       CASE WHEN s.is_old THEN s.article_count >= b.least END AS is_passed
FROM source_bounds AS b JOIN seen AS s ON s.source_id = b.source_id
WHERE b.least IS NOT NULL;
