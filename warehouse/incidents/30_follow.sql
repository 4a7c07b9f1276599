-- What follows from another trouble is silent while that one lasts: what one source fails when many fail the same check, and whatever a
-- source fails while it does not let itself be fetched (the check `fetch_blocked`). Both are written down all the same.
UPDATE meta.incidents
SET parent_id = (
    SELECT cause.incident_id
    FROM meta.incidents AS cause
    WHERE cause.state <> 'resolved'
      AND cause.incident_id <> incidents.incident_id
      AND (
          (cause.dimension = 'many sources' AND cause.check_name = incidents.check_name AND incidents.source_id IS NOT NULL)
          OR (cause.check_name = 'fetch_blocked' AND incidents.check_name <> 'fetch_blocked' AND cause.source_id = incidents.source_id)
          OR (cause.check_name = 'fetch_blocked' AND incidents.check_name <> 'fetch_blocked'
              AND cause.dimension = 'many sources' AND incidents.dimension = 'many sources')
      )
    ORDER BY cause.source_id NULLS FIRST, cause.incident_id
    LIMIT 1
)
WHERE state <> 'resolved';

-- A snooze ends at its time.
UPDATE meta.incidents
SET state = 'open', snooze_ends_at = NULL
WHERE state = 'snoozed' AND snooze_ends_at <= getvariable('now')::TIMESTAMPTZ;
