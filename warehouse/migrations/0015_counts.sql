-- What views would have to count anew for each question in a large warehouse (count_views.py); empty in a small one.
-- One view that reads counted rows: how far they reach.
CREATE TABLE meta.counts (
    view_name VARCHAR NOT NULL,
    settled_at TIMESTAMP WITH TIME ZONE NOT NULL,
    load_number BIGINT NOT NULL
);

CREATE TABLE meta.counted_days (
    entity_id VARCHAR NOT NULL,
    named_on DATE NOT NULL,
    mention_count BIGINT NOT NULL,
    article_count BIGINT NOT NULL,
    story_count BIGINT NOT NULL
);

CREATE TABLE meta.counted_pairs (
    entity_id VARCHAR NOT NULL,
    other_entity_id VARCHAR NOT NULL,
    article_count BIGINT NOT NULL,
    story_count BIGINT NOT NULL
);

CREATE TABLE meta.counted_speakers (
    speaker VARCHAR NOT NULL,
    speaker_entity_id VARCHAR,
    quote_count BIGINT NOT NULL,
    article_count BIGINT NOT NULL,
    story_count BIGINT NOT NULL,
    sites VARCHAR[] NOT NULL
);

CREATE TABLE meta.counted_quotes (
    utterance_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    wording_count BIGINT NOT NULL,
    speakers VARCHAR[],
    article_count BIGINT NOT NULL,
    text_count BIGINT NOT NULL,
    story_count BIGINT NOT NULL,
    sites VARCHAR[] NOT NULL
);

CREATE TABLE meta.counted_blocks (
    source_id VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    block_count BIGINT NOT NULL,
    article_count BIGINT NOT NULL,
    story_count BIGINT NOT NULL,
    character_count BIGINT NOT NULL
);

-- The words of each pair stand in it: to cut them out of articles, all texts would be read for any question.
ALTER TABLE meta.wording_pairs RENAME TO wording_pairs_before;
CREATE TABLE meta.wording_pairs (
    utterance_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    char_start BIGINT NOT NULL,
    char_end BIGINT NOT NULL,
    other_article_id VARCHAR NOT NULL,
    other_char_start BIGINT NOT NULL,
    other_char_end BIGINT NOT NULL,
    kinds VARCHAR[] NOT NULL,
    difference VARCHAR NOT NULL,
    wording VARCHAR NOT NULL,
    other_wording VARCHAR NOT NULL
);
INSERT INTO meta.wording_pairs
SELECT w.*, substr(a.text, w.char_start + 1, w.char_end - w.char_start), substr(o.text, w.other_char_start + 1, w.other_char_end - w.other_char_start)
FROM meta.wording_pairs_before AS w
JOIN articles AS a ON a.article_id = w.article_id
JOIN articles AS o ON o.article_id = w.other_article_id
ORDER BY w.rowid;
DROP TABLE meta.wording_pairs_before;
