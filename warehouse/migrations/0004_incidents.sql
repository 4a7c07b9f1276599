-- Results of checks by source and dimension; incidents by fingerprint; messages to owners.
ALTER TABLE meta.checks ALTER COLUMN is_passed DROP NOT NULL;
ALTER TABLE meta.checks ADD COLUMN source_id VARCHAR;
ALTER TABLE meta.checks ADD COLUMN dimension VARCHAR;
ALTER TABLE meta.checks ADD COLUMN observed DOUBLE;
ALTER TABLE meta.checks ADD COLUMN expected VARCHAR;
ALTER TABLE meta.checks ADD COLUMN history JSON;
ALTER TABLE meta.checks ADD COLUMN cause VARCHAR;

-- Laid anew: DuckDB does not add columns that may not be null to a table with rows. Incidents of before are open or over; their
-- fingerprint was the check's name.
ALTER TABLE meta.incidents RENAME TO incidents_of_before;
CREATE TABLE meta.incidents (
    incident_id VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL,
    check_name VARCHAR NOT NULL,
    source_id VARCHAR,
    severity VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    row_count BIGINT NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_failed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    resolved_at TIMESTAMP WITH TIME ZONE,
    opened_run_id VARCHAR NOT NULL,
    dimension VARCHAR,
    owner VARCHAR NOT NULL,
    doc VARCHAR,
    runbook VARCHAR,
    query VARCHAR,
    observed DOUBLE,
    expected VARCHAR,
    history JSON,
    examples JSON,
    cause VARCHAR,
    failure_count BIGINT NOT NULL,
    pass_count BIGINT NOT NULL,
    confirmed_at TIMESTAMP WITH TIME ZONE,
    is_flapping BOOLEAN NOT NULL,
    parent_id VARCHAR,
    snooze_ends_at TIMESTAMP WITH TIME ZONE,
    handled_by VARCHAR,
    note VARCHAR,
    last_run_id VARCHAR
);
INSERT INTO meta.incidents BY NAME
SELECT
    * REPLACE (check_name || '//' AS fingerprint), 'data' AS owner, 1 AS failure_count, 0 AS pass_count, opened_at AS confirmed_at,
    false AS is_flapping, opened_run_id AS last_run_id
FROM meta.incidents_of_before;
DROP TABLE meta.incidents_of_before;

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
