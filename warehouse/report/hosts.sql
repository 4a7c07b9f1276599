-- How each host answered: fetches and those that failed (a page that is not there says nothing of the host), the commonest failure, how
-- long requests took, and until when it is left alone. Those that failed most come first, then the slowest.
WITH asked AS (
    SELECT host, outcome, seconds, outcome NOT IN ('ok', 'unchanged', 'fetch_404', 'fetch_410') AS is_failed
    FROM meta.fetches
    WHERE fetched_at >= $since::TIMESTAMPTZ
)
SELECT
    a.host,
    count(*) AS fetch_count,
    count(*) FILTER (a.is_failed) AS failed_count,
    mode(a.outcome) FILTER (a.is_failed) AS worst_outcome,
    quantile_cont(a.seconds, 0.5) AS median_seconds,
    quantile_cont(a.seconds, 0.95) AS slow_seconds,
    any_value(h.left_alone_until_at) FILTER (h.left_alone_until_at > $now::TIMESTAMPTZ) AS left_alone_until_at
FROM asked AS a LEFT JOIN meta.hosts AS h ON h.host = a.host
GROUP BY a.host
ORDER BY failed_count DESC, slow_seconds DESC, a.host;
