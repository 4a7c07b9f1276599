-- Incidents follow the round: a failure opens one or keeps it open, a pass resolves it. What the round says nothing of changes nothing.
CREATE OR REPLACE TEMP TABLE incident_news AS
WITH named AS (
    SELECT *, check_name || '/' || coalesce(source_id, '') || '/' || coalesce(dimension, '') AS fingerprint FROM round_results
), judged AS (
    SELECT i.incident_id, coalesce(n.is_passed, p.is_passed) AS is_passed, n.row_count
    FROM meta.incidents AS i
    LEFT JOIN named AS n ON n.fingerprint = i.fingerprint
    -- a pass for any dimension holds where the round names no result for this one
    LEFT JOIN named AS p ON n.fingerprint IS NULL AND p.check_name = i.check_name
        AND p.source_id IS NOT DISTINCT FROM i.source_id AND p.dimension = '*'
    WHERE i.state = 'open'
)
SELECT incident_id, false AS is_new, is_passed, row_count, NULL AS fingerprint, NULL AS check_name, NULL AS source_id, NULL AS dimension,
    NULL AS severity
FROM judged
WHERE is_passed IS NOT NULL
UNION ALL
SELECT substr(sha256(n.fingerprint || ' ' || getvariable('run_id')), 1, 16), true, false, n.row_count, n.fingerprint, n.check_name,
    n.source_id, n.dimension, n.severity
FROM named AS n
ANTI JOIN meta.incidents AS i ON i.fingerprint = n.fingerprint AND i.state = 'open'
WHERE n.is_passed IS FALSE;

INSERT INTO meta.incidents
SELECT incident_id, fingerprint, check_name, source_id, severity, 'open', row_count, getvariable('now'), getvariable('now'), NULL,
    getvariable('run_id'), dimension
FROM incident_news
WHERE is_new;

UPDATE meta.incidents
SET
    state = CASE WHEN n.is_passed THEN 'resolved' ELSE 'open' END,
    row_count = CASE WHEN n.is_passed THEN incidents.row_count ELSE n.row_count END,
    last_failed_at = CASE WHEN n.is_passed THEN incidents.last_failed_at ELSE getvariable('now') END,
    resolved_at = CASE WHEN n.is_passed THEN getvariable('now') END
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
        WHEN n.is_passed THEN format('resolved: {} holds again in run {}', i.fingerprint, getvariable('run_id'))
        ELSE format('{}: {} has {} offending rows in run {}; see: newsduck check', i.severity, i.fingerprint, n.row_count, getvariable('run_id'))
    END,
    getvariable('now'),
    NULL
FROM incident_news AS n
JOIN meta.incidents AS i ON i.incident_id = n.incident_id
WHERE n.is_new OR n.is_passed;
