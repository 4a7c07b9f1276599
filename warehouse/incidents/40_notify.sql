-- The outbox: what is so and was not told yet, one row an incident and event. Whoever delivers decides when and to whom it goes; the key
-- comes from incident and event, so that nothing is told twice.
INSERT INTO meta.notifications BY NAME
WITH told AS (
    SELECT
        incident_id,
        bool_or(event = 'opened') AS is_opened,
        bool_or(event = 'opened' AND dropped IS NULL) AS is_meant,
        bool_or(event = 'resolved') AS is_resolved,
        bool_or(sent_at IS NULL AND dropped IS NULL) AS is_waiting,
        -- what was sent tomorrow was sent by a clock that ran ahead: nobody knows when
        max(CASE WHEN sent_at <= getvariable('now')::TIMESTAMPTZ + INTERVAL 1 DAY THEN sent_at WHEN sent_at IS NOT NULL THEN '-infinity' END)
            FILTER (event IN ('opened', 'reminder')) AS last_at
    FROM meta.notifications
    GROUP BY incident_id
), due AS (
    SELECT i.incident_id, i.owner, i.fingerprint, 'opened' AS event, 'opened' AS key
    FROM meta.incidents AS i LEFT JOIN told AS t ON t.incident_id = i.incident_id
    WHERE i.state = 'open' AND i.parent_id IS NULL AND t.is_opened IS DISTINCT FROM true
    UNION ALL
    SELECT i.incident_id, i.owner, i.fingerprint, 'resolved', 'resolved'
    FROM meta.incidents AS i JOIN told AS t ON t.incident_id = i.incident_id
    WHERE i.state = 'resolved' AND t.is_meant AND NOT t.is_resolved
    UNION ALL
    -- once a day for as long as nobody has taken it on
    SELECT i.incident_id, i.owner, i.fingerprint, 'reminder', 'reminder ' || strftime(getvariable('now')::TIMESTAMPTZ, '%Y-%m-%d %H:%M:%S.%f')
    FROM meta.incidents AS i JOIN told AS t ON t.incident_id = i.incident_id
    WHERE i.state = 'open' AND i.parent_id IS NULL AND NOT t.is_waiting
      AND t.last_at <= getvariable('now')::TIMESTAMPTZ - INTERVAL 1 DAY
)
SELECT
    substr(sha256(incident_id || key), 1, 16) AS notification_id,
    incident_id, event, owner, event || ': ' || fingerprint AS body, getvariable('now')::TIMESTAMPTZ AS created_at
FROM due;
