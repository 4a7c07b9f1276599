-- A load seeks utterances by key, and they are the most rows that it seeks so: a number of 63 bits is compared in two fifths of the time. (A table
-- takes the place of the other, since a DuckLake may update no row in the transaction that inserts it.)
ALTER TABLE utterances RENAME TO utterances_before;
CREATE TABLE utterances (
    utterance_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    speaker_entity_id VARCHAR,
    story_id VARCHAR,
    wording_count BIGINT NOT NULL,
    article_count BIGINT NOT NULL,
    site_count BIGINT NOT NULL,
    first_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    key_number BIGINT NOT NULL
);
INSERT INTO utterances
SELECT *, (md5_number_lower(utterance_id) >> 1)::BIGINT FROM utterances_before ORDER BY rowid;
DROP TABLE utterances_before;
