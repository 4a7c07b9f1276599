-- Results of checks by source and dimension; incidents by fingerprint; messages to owners.
ALTER TABLE meta.checks ALTER COLUMN is_passed DROP NOT NULL;
ALTER TABLE meta.checks ADD COLUMN source_id VARCHAR;
ALTER TABLE meta.checks ADD COLUMN dimension VARCHAR;
ALTER TABLE meta.checks ADD COLUMN observed DOUBLE;
ALTER TABLE meta.checks ADD COLUMN expected VARCHAR;
ALTER TABLE meta.checks ADD COLUMN history JSON;
ALTER TABLE meta.checks ADD COLUMN cause VARCHAR;

ALTER TABLE meta.incidents ADD COLUMN dimension VARCHAR;
ALTER TABLE meta.incidents ADD COLUMN owner VARCHAR DEFAULT 'data';
ALTER TABLE meta.incidents ALTER COLUMN owner SET NOT NULL;
ALTER TABLE meta.incidents ALTER COLUMN owner DROP DEFAULT;
ALTER TABLE meta.incidents ADD COLUMN doc VARCHAR;
ALTER TABLE meta.incidents ADD COLUMN runbook VARCHAR;
ALTER TABLE meta.incidents ADD COLUMN query VARCHAR;
ALTER TABLE meta.incidents ADD COLUMN observed DOUBLE;
ALTER TABLE meta.incidents ADD COLUMN expected VARCHAR;
ALTER TABLE meta.incidents ADD COLUMN history JSON;
ALTER TABLE meta.incidents ADD COLUMN examples JSON;
ALTER TABLE meta.incidents ADD COLUMN cause VARCHAR;
ALTER TABLE meta.incidents ADD COLUMN failure_count BIGINT DEFAULT 1;
ALTER TABLE meta.incidents ALTER COLUMN failure_count SET NOT NULL;
ALTER TABLE meta.incidents ALTER COLUMN failure_count DROP DEFAULT;
ALTER TABLE meta.incidents ADD COLUMN pass_count BIGINT DEFAULT 0;
ALTER TABLE meta.incidents ALTER COLUMN pass_count SET NOT NULL;
ALTER TABLE meta.incidents ALTER COLUMN pass_count DROP DEFAULT;
ALTER TABLE meta.incidents ADD COLUMN confirmed_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE meta.incidents ADD COLUMN is_flapping BOOLEAN DEFAULT false;
ALTER TABLE meta.incidents ALTER COLUMN is_flapping SET NOT NULL;
ALTER TABLE meta.incidents ALTER COLUMN is_flapping DROP DEFAULT;
ALTER TABLE meta.incidents ADD COLUMN parent_id VARCHAR;
ALTER TABLE meta.incidents ADD COLUMN snooze_ends_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE meta.incidents ADD COLUMN handled_by VARCHAR;
ALTER TABLE meta.incidents ADD COLUMN note VARCHAR;
ALTER TABLE meta.incidents ADD COLUMN last_run_id VARCHAR;

-- Incidents of before are open or over; their fingerprint was the check's name.
UPDATE meta.incidents SET fingerprint = check_name || '//', confirmed_at = opened_at, last_run_id = opened_run_id;

ALTER TABLE meta.notifications ADD COLUMN message_id VARCHAR;
ALTER TABLE meta.notifications ADD COLUMN due_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE meta.notifications ADD COLUMN dropped VARCHAR;
ALTER TABLE meta.notifications ADD COLUMN emitted_at TIMESTAMP WITH TIME ZONE;

-- Who is told is an owner; the log alone was told before.
UPDATE meta.notifications SET channel = 'data', emitted_at = created_at;

-- One message to one channel of one owner, with one event or several.
CREATE TABLE meta.messages (
    message_id VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    attempt_count BIGINT NOT NULL,
    error VARCHAR,
    sent_at TIMESTAMP WITH TIME ZONE,
    escalated_at TIMESTAMP WITH TIME ZONE
);
