-- What the loads of a run measured, summed: a row for each source and figure.
CREATE OR REPLACE TEMP TABLE run_metrics AS
SELECT run_id, source_id, metric, sum(value) AS value, max(measured_at) AS measured_at
FROM meta.metrics
WHERE run_id = getvariable('run_id')
GROUP BY run_id, source_id, metric;

DELETE FROM meta.metrics WHERE run_id = getvariable('run_id');

INSERT INTO meta.metrics FROM run_metrics ORDER BY source_id, metric;
