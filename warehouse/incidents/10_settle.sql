-- Incidents follow the checks of the run: a failure opens one or keeps it open, a pass resolves it. What did not run changes nothing.
CREATE OR REPLACE TEMP TABLE incident_news AS
WITH latest AS (
    SELECT check_name, severity, is_passed, row_count, checked_at, run_id FROM meta.checks WHERE run_id = getvariable('run_id')
)
SELECT coalesce(i.incident_id, substr(sha256(l.check_name || ' ' || l.run_id), 1, 16)) AS incident_id, i.incident_id IS NULL AS is_new, l.*
FROM latest AS l
LEFT JOIN meta.incidents AS i ON i.fingerprint = l.check_name AND i.state = 'open'
WHERE NOT l.is_passed OR i.incident_id IS NOT NULL;

INSERT INTO meta.incidents
SELECT incident_id, check_name, check_name, NULL, severity, 'open', row_count, checked_at, checked_at, NULL, run_id
FROM incident_news
WHERE is_new;

UPDATE meta.incidents
SET
    state = CASE WHEN n.is_passed THEN 'resolved' ELSE 'open' END,
    row_count = CASE WHEN n.is_passed THEN incidents.row_count ELSE n.row_count END,
    last_failed_at = CASE WHEN n.is_passed THEN incidents.last_failed_at ELSE n.checked_at END,
    resolved_at = CASE WHEN n.is_passed THEN n.checked_at END
FROM incident_news AS n
WHERE incidents.incident_id = n.incident_id AND NOT n.is_new;

-- One message when an incident opens, one when it is over; a repeat would carry the same key.
INSERT INTO meta.notifications
SELECT
    substr(sha256(n.incident_id || CASE WHEN n.is_passed THEN 'resolved' ELSE 'opened' END), 1, 16),
    n.incident_id,
    CASE WHEN n.is_passed THEN 'resolved' ELSE 'opened' END,
    'log',
    CASE
        WHEN n.is_passed THEN format('resolved: {} holds again in run {}', n.check_name, n.run_id)
        ELSE format('{}: {} has {} offending rows in run {}; see: newsduck check', n.severity, n.check_name, n.row_count, n.run_id)
    END,
    n.checked_at,
    NULL
FROM incident_news AS n
WHERE n.is_new OR n.is_passed;
