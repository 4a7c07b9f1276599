-- Incidents that last, errors first, then those that ended in the period, the latest end first.
SELECT
    incident_id, state, severity, check_name, source_id, dimension, row_count, observed, expected, opened_at, last_failed_at, resolved_at,
    is_flapping, parent_id, handled_by, note, cause, doc, runbook, examples, last_run_id, unit
FROM meta.incidents
WHERE state <> 'resolved' OR resolved_at >= $since::TIMESTAMPTZ
ORDER BY
    state = 'resolved', state = 'pending', parent_id IS NOT NULL, severity <> 'fail', resolved_at DESC, opened_at, check_name, source_id,
    dimension;
