-- Incidents follow the round. pending → open at the second failure of a warning, the first of a fail; resolved at two passes in a row.
-- A fingerprint for which the round has no verdict, or an unknown one, stays as it is: missing data is no pass.
UPDATE meta.incidents
SET
    failure_count = incidents.failure_count + 1,
    pass_count = 0,
    state = CASE WHEN incidents.state = 'pending' THEN 'open' ELSE incidents.state END,
    confirmed_at = coalesce(incidents.confirmed_at, getvariable('now')),
    last_failed_at = getvariable('now'),
    severity = v.severity, row_count = v.row_count, observed = v.observed, expected = v.expected, history = v.history,
    examples = v.examples, cause = v.cause, unit = v.unit, query = v.query, doc = v.doc, runbook = v.runbook, owner = v.owner,
    last_run_id = getvariable('run_id')
FROM round_verdicts AS v
WHERE v.fingerprint = incidents.fingerprint AND incidents.state <> 'resolved' AND v.is_passed IS FALSE;

INSERT INTO meta.incidents BY NAME
SELECT
    substr(sha256(v.fingerprint || ' ' || getvariable('run_id')), 1, 16) AS incident_id,
    v.fingerprint, v.check_name, v.source_id, v.dimension, v.severity,
    CASE WHEN v.severity = 'fail' THEN 'open' ELSE 'pending' END AS state,
    CASE WHEN v.severity = 'fail' THEN getvariable('now')::TIMESTAMPTZ END AS confirmed_at,
    v.row_count, getvariable('now')::TIMESTAMPTZ AS opened_at, getvariable('now')::TIMESTAMPTZ AS last_failed_at,
    getvariable('run_id') AS opened_run_id, getvariable('run_id') AS last_run_id,
    v.owner, v.doc, v.runbook, v.query, v.observed, v.expected, v.history, v.examples, v.cause, v.unit,
    1 AS failure_count, 0 AS pass_count, false AS is_flapping
FROM round_verdicts AS v
ANTI JOIN meta.incidents AS i ON i.fingerprint = v.fingerprint AND i.state <> 'resolved'
WHERE v.is_passed IS FALSE;

-- Flapping: the third opening of one fingerprint within seven days. Such an incident is over only when nothing failed for a day, so that
-- whoever is on call hears of it once and not at every turn.
UPDATE meta.incidents
SET is_flapping = true
WHERE confirmed_at = getvariable('now') AND (
    SELECT count(*)
    FROM meta.incidents AS earlier
    WHERE earlier.fingerprint = incidents.fingerprint
      AND earlier.incident_id <> incidents.incident_id
      AND earlier.confirmed_at > getvariable('now')::TIMESTAMPTZ - INTERVAL 7 DAY
) >= 2;

UPDATE meta.incidents
SET
    pass_count = incidents.pass_count + 1,
    state = CASE
        WHEN incidents.pass_count >= 1
            AND (NOT incidents.is_flapping OR incidents.last_failed_at <= getvariable('now')::TIMESTAMPTZ - INTERVAL 1 DAY)
        THEN 'resolved' ELSE incidents.state
    END,
    resolved_at = CASE
        WHEN incidents.pass_count >= 1
            AND (NOT incidents.is_flapping OR incidents.last_failed_at <= getvariable('now')::TIMESTAMPTZ - INTERVAL 1 DAY)
        THEN getvariable('now')::TIMESTAMPTZ
    END
FROM round_verdicts AS v
WHERE v.fingerprint = incidents.fingerprint AND incidents.state <> 'resolved' AND v.is_passed;
