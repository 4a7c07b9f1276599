-- What the round says of each fingerprint (check, source, dimension), a failure of many sources counted as one trouble of its own.
CREATE OR REPLACE TEMP TABLE round_verdicts AS
WITH sources AS (
    SELECT check_name, count(DISTINCT source_id) AS judged_count, count(DISTINCT source_id) FILTER (is_passed IS FALSE) AS failed_count
    FROM round_results
    WHERE source_id IS NOT NULL AND is_passed IS NOT NULL
    GROUP BY check_name
    -- fewer sources say nothing of many
    HAVING count(DISTINCT source_id) >= 3
), many AS (
    -- a third of the sources, at least three, fail the same check: most likely the fault is ours, and one message is enough
    SELECT
        r.check_name, any_value(r.severity) AS severity, NULL AS source_id, 'many sources' AS dimension,
        NOT (s.failed_count >= 3 AND s.failed_count * 3 >= s.judged_count) AS is_passed,
        sum(r.row_count)::BIGINT AS row_count, any_value(r.owner) AS owner, any_value(r.doc) AS doc, any_value(r.runbook) AS runbook,
        any_value(r.query) AS query, s.failed_count::DOUBLE AS observed,
        format('fewer than a third of {} sources', s.judged_count) AS expected, NULL::JSON AS history,
        coalesce(to_json(list(DISTINCT {'source_id': r.source_id} ORDER BY {'source_id': r.source_id}) FILTER (r.is_passed IS FALSE)), '[]')
            AS examples,
        mode(r.cause) AS cause, 'sources' AS unit
    FROM round_results AS r JOIN sources AS s ON s.check_name = r.check_name
    WHERE r.source_id IS NOT NULL
    GROUP BY r.check_name, s.failed_count, s.judged_count
), named AS (
    SELECT *, check_name || '/' || coalesce(source_id, '') || '/' || coalesce(dimension, '') AS fingerprint
    FROM (FROM round_results UNION ALL BY NAME FROM many)
)
FROM named WHERE dimension IS DISTINCT FROM '*'
UNION ALL BY NAME
-- a pass for any dimension holds for what is wrong with the source at present, where the round says nothing else of it
SELECT n.* REPLACE (i.fingerprint AS fingerprint, i.dimension AS dimension)
FROM meta.incidents AS i
JOIN named AS n ON n.check_name = i.check_name AND n.source_id IS NOT DISTINCT FROM i.source_id AND n.dimension = '*'
ANTI JOIN named AS own ON own.fingerprint = i.fingerprint
WHERE i.state <> 'resolved' AND i.dimension IS DISTINCT FROM 'many sources';
