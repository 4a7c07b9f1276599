-- Which entity a name stands for is a join: where a name goes to another entity, one row changes, and none of those that give the name.
-- Names have numbers, by which the rows give them. The views mentions and quotes (warehouse/joined/) take the place of the tables.
ALTER TABLE meta.entity_names RENAME TO names_before;
CREATE TABLE meta.entity_names (
    name_id VARCHAR NOT NULL,
    entity_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    country_code VARCHAR,
    forms VARCHAR[] NOT NULL,
    group_key VARCHAR NOT NULL,
    look_key VARCHAR,
    offer_keys VARCHAR[] NOT NULL,
    article_count BIGINT NOT NULL,
    article_ids VARCHAR[] NOT NULL,
    plain_id VARCHAR NOT NULL,
    bearer VARCHAR,
    name_number BIGINT NOT NULL
);
INSERT INTO meta.entity_names BY NAME
SELECT *, row_number() OVER (ORDER BY rowid) AS name_number FROM meta.names_before;
DROP TABLE meta.names_before;

CREATE TABLE meta.mention_rows (
    article_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    char_start BIGINT NOT NULL,
    char_end BIGINT NOT NULL,
    name_number BIGINT NOT NULL
);
INSERT INTO meta.mention_rows
SELECT m.article_id, m.text, m.char_start, m.char_end, n.name_number
FROM mentions AS m
LEFT JOIN meta.entity_names AS n ON n.name_id = m.name_id
ORDER BY m.rowid;
DROP TABLE mentions;

CREATE TABLE meta.quote_rows (
    quote_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    position BIGINT NOT NULL,
    text VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    speaker VARCHAR,
    speaker_surface VARCHAR,
    cue VARCHAR,
    char_start BIGINT NOT NULL,
    char_end BIGINT NOT NULL,
    speaker_start BIGINT,
    speaker_end BIGINT,
    utterance_id VARCHAR,
    speaker_count BIGINT,
    speaker_name_number BIGINT
);
INSERT INTO meta.quote_rows BY NAME
SELECT q.* EXCLUDE (speaker_entity_id, speaker_name_id), n.name_number AS speaker_name_number
FROM quotes AS q
LEFT JOIN meta.entity_names AS n ON n.name_id = q.speaker_name_id
ORDER BY q.rowid;
DROP TABLE quotes;
