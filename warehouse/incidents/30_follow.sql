CREATE OR REPLACE TEMP MACRO check_family(name) AS CASE
    WHEN name IN ('source_is_heard', 'source_volume', 'source_flood', 'source_minimum', 'source_maximum') THEN 'amount'
    WHEN name IN ('fetches_succeed', 'fetch_blocked') THEN 'fetch'
    ELSE 'content'
END;

-- What follows from another trouble is silent while that one lasts, and is written down all the same:
-- what one source fails when many fail the same check; whatever a source fails while it does not let itself be fetched (the check
-- `fetch_blocked`); and warnings of one source and family that begin within three days of each other: they are symptoms of the first.
-- Families are amounts (how many articles come), fetching, and content.
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
          OR (cause.source_id = incidents.source_id AND cause.state <> 'pending' AND incidents.severity = 'warn'
              AND check_family(cause.check_name) = check_family(incidents.check_name)
              AND cause.opened_at >= incidents.opened_at - INTERVAL 3 DAY
              -- a new layout explains most, then what began first; the order is total, so that nothing follows itself in a circle
              AND (cause.check_name <> 'layout_is_known', cause.opened_at, cause.check_name, cause.incident_id)
                  < (incidents.check_name <> 'layout_is_known', incidents.opened_at, incidents.check_name, incidents.incident_id))
      )
    ORDER BY cause.check_name <> 'fetch_blocked', cause.source_id NULLS FIRST, cause.check_name <> 'layout_is_known',
        cause.opened_at, cause.check_name, cause.incident_id
    LIMIT 1
)
WHERE state <> 'resolved';

-- A snooze ends at its time.
UPDATE meta.incidents
SET state = 'open', snooze_ends_at = NULL
WHERE state = 'snoozed' AND snooze_ends_at <= getvariable('now')::TIMESTAMPTZ;
