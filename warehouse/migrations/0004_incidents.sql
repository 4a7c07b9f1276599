-- Results of checks by source and dimension; incidents by fingerprint; messages to owners.
ALTER TABLE meta.checks ALTER COLUMN is_passed DROP NOT NULL;
ALTER TABLE meta.checks ADD COLUMN source_id VARCHAR;
ALTER TABLE meta.checks ADD COLUMN dimension VARCHAR;
ALTER TABLE meta.checks ADD COLUMN observed DOUBLE;
ALTER TABLE meta.checks ADD COLUMN expected VARCHAR;
ALTER TABLE meta.checks ADD COLUMN history JSON;
ALTER TABLE meta.checks ADD COLUMN cause VARCHAR;

ALTER TABLE meta.incidents ADD COLUMN dimension VARCHAR;
