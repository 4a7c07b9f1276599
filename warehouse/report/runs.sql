-- The last runs, the newest first.
SELECT
    run_id, flow, state, started_at, page_count, loaded_count, unchanged_count, duplicate_count, rejected_count, quarantined_count,
    epoch(ended_at - started_at) AS seconds, detail, url
FROM meta.runs
ORDER BY load_number DESC
LIMIT $limit;
