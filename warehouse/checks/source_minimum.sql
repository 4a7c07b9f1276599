-- severity: fail
-- A source that a run asked has brought at least its minimum of articles in the 24 hours before (`bounds` in sources.yml).
-- scope: source
-- runbook: silent-sources
WITH asked AS (
    SELECT p.source_id, max(p.fetched_at) AS asked_at
    FROM checked_pages AS p SEMI JOIN source_bounds AS b ON b.source_id = p.source_id AND b.least IS NOT NULL
    GROUP BY p.source_id
), seen AS (
    SELECT
        k.source_id,
        -- in its first day a source has not had the time
        k.source_id IN (SELECT a.source_id FROM articles AS a JOIN asked AS o ON o.source_id = a.source_id AND a.first_seen_at <= o.asked_at - INTERVAL 1 DAY) AS is_old,
        count(a.article_id) AS article_count
    FROM asked AS k
    LEFT JOIN articles AS a ON a.source_id = k.source_id AND a.first_seen_at > k.asked_at - INTERVAL 1 DAY AND a.first_seen_at <= k.asked_at
    GROUP BY k.source_id
)
SELECT b.source_id, coalesce(s.article_count, 0) AS observed, 'at least ' || b.least AS expected,
       CASE WHEN s.is_old THEN s.article_count >= b.least END AS is_passed
FROM source_bounds AS b JOIN seen AS s ON s.source_id = b.source_id
WHERE b.least IS NOT NULL;
