-- What explains most of one source's troubles comes first: it cannot be fetched, it has a new layout, it is silent. What remains goes by time.
CREATE OR REPLACE TEMP MACRO cause_rank(name) AS CASE name
    WHEN 'fetch_blocked' THEN 0
    WHEN 'fetches_succeed' THEN 1
    WHEN 'layout_is_known' THEN 2
    WHEN 'source_is_heard' THEN 3
    ELSE 4
END;

-- What follows from another trouble is silent while that one lasts, and is written down all the same:
-- what one source fails when many fail the same check; whatever a source fails while it does not let itself be fetched (the check
-- `fetch_blocked`); and warnings of one source and owner that begin within three days of each other: they are symptoms of one trouble.
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
          OR (cause.source_id = incidents.source_id AND cause.owner = incidents.owner
              AND cause.state <> 'pending' AND incidents.severity = 'warn'
              AND cause.opened_at >= incidents.opened_at - INTERVAL 3 DAY
              -- the order is total, so that nothing follows itself in a circle
              AND (cause_rank(cause.check_name), cause.opened_at, cause.check_name, cause.incident_id)
                  < (cause_rank(incidents.check_name), incidents.opened_at, incidents.check_name, incidents.incident_id))
      )
    ORDER BY cause.check_name <> 'fetch_blocked', cause.source_id NULLS FIRST, cause_rank(cause.check_name),
        cause.opened_at, cause.check_name, cause.incident_id
    LIMIT 1
)
WHERE state <> 'resolved';

-- What follows from a symptom follows from its cause: a message lists what follows directly.
UPDATE meta.incidents
SET parent_id = cause.parent_id
FROM meta.incidents AS cause
WHERE cause.incident_id = incidents.parent_id AND cause.parent_id IS NOT NULL AND incidents.state <> 'resolved';

-- A snooze ends at its time.
UPDATE meta.incidents
SET state = 'open', snooze_ends_at = NULL
WHERE state = 'snoozed' AND snooze_ends_at <= getvariable('now')::TIMESTAMPTZ;
