-- Pages by day of their run and outcome.
SELECT r.started_at::DATE AS day, p.outcome, count(*) AS page_count
FROM meta.pages AS p JOIN meta.runs AS r ON r.run_id = p.run_id
WHERE r.flow = 'ingest' AND r.started_at >= $since::TIMESTAMPTZ
GROUP BY ALL
ORDER BY ALL;
