-- Rows kept out by a contract, by check and reason: those that wait, those replayed, and when the last one came.
SELECT
    q.table_name,
    q.check_name,
    q.reason,
    count(*) FILTER (q.replayed_at IS NULL) AS waiting_count,
    count(*) FILTER (q.replayed_at IS NOT NULL) AS replayed_count,
    max(r.started_at) AS last_at
FROM meta.quarantine AS q LEFT JOIN meta.runs AS r ON r.run_id = q.run_id
GROUP BY ALL
ORDER BY waiting_count DESC, replayed_count DESC, q.table_name, q.check_name, q.reason;
