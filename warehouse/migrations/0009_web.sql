-- The web as it is: hosts that were cut short for being slow, reservations of text and data mining, and the parameters that tell the
-- articles of a source apart.
ALTER TABLE meta.hosts ADD COLUMN cut_count BIGINT DEFAULT 0;
ALTER TABLE meta.hosts ALTER COLUMN cut_count SET NOT NULL;
ALTER TABLE meta.hosts ADD COLUMN reservation VARCHAR;

ALTER TABLE meta.fetches ADD COLUMN reservation VARCHAR;
ALTER TABLE meta.fetches ADD COLUMN robot_tags VARCHAR;
ALTER TABLE meta.fetches ADD COLUMN identity_parameters VARCHAR;

ALTER TABLE meta.urls ADD COLUMN identity_parameters VARCHAR;
