-- Incidents that are over, by when they ended, with what was told of them.
DELETE FROM meta.notifications WHERE incident_id IN (
    SELECT incident_id FROM meta.incidents WHERE state = 'resolved' AND resolved_at < getvariable('before')
) AND (sent_at IS NOT NULL OR message_id IS NULL);
DELETE FROM meta.incidents
WHERE state = 'resolved' AND resolved_at < getvariable('before')
    AND incident_id NOT IN (SELECT incident_id FROM meta.notifications);
