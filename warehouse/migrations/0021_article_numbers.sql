-- Articles have numbers, in the order in which they were loaded, and mentions, quotes and stripped blocks give them. Rows of an article are sought by its number:
-- the rows of a load stand together, so few blocks can hold that number, and the others are not read. (A table takes the place of each, since a
-- DuckLake may update no row in the transaction that inserts it, and an older migration may have done so.)
ALTER TABLE meta.article_facts RENAME TO facts_before;
CREATE TABLE meta.article_facts (
    article_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    first_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    language VARCHAR,
    kept_count BIGINT NOT NULL,
    cut_count BIGINT NOT NULL,
    text_key VARCHAR NOT NULL,
    first_line_key VARCHAR NOT NULL,
    last_line_key VARCHAR NOT NULL,
    told_on DATE NOT NULL,
    article_number BIGINT NOT NULL
);
INSERT INTO meta.article_facts
SELECT f.*, coalesce(a.published_at, f.first_seen_at)::DATE, row_number() OVER (ORDER BY a.rowid, f.rowid)
FROM meta.facts_before AS f
LEFT JOIN articles AS a ON a.article_id = f.article_id
ORDER BY f.rowid;
DROP TABLE meta.facts_before;

ALTER TABLE meta.mention_rows RENAME TO mentions_before;
CREATE TABLE meta.mention_rows (
    article_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    char_start BIGINT NOT NULL,
    char_end BIGINT NOT NULL,
    name_number BIGINT NOT NULL,
    article_number BIGINT NOT NULL
);
INSERT INTO meta.mention_rows
SELECT m.*, coalesce(f.article_number, 0)
FROM meta.mentions_before AS m
LEFT JOIN meta.article_facts AS f ON f.article_id = m.article_id
ORDER BY m.rowid;
DROP TABLE meta.mentions_before;

ALTER TABLE meta.quote_rows RENAME TO quotes_before;
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
    speaker_name_number BIGINT,
    article_number BIGINT NOT NULL
);
INSERT INTO meta.quote_rows
SELECT q.*, coalesce(f.article_number, 0)
FROM meta.quotes_before AS q
LEFT JOIN meta.article_facts AS f ON f.article_id = q.article_id
ORDER BY q.rowid;
DROP TABLE meta.quotes_before;

CREATE TABLE meta.boilerplate_rows (
    page_id VARCHAR NOT NULL,
    article_id VARCHAR,
    position BIGINT NOT NULL,
    reason VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    article_number BIGINT NOT NULL
);
INSERT INTO meta.boilerplate_rows
SELECT b.*, coalesce(f.article_number, 0)
FROM boilerplate AS b
LEFT JOIN meta.article_facts AS f ON f.article_id = b.article_id
ORDER BY b.rowid;
DROP TABLE boilerplate;

-- Blocks of the site memory come in no order. A number of 60 bits is compared eight times as quickly as a key.
ALTER TABLE meta.site_blocks RENAME TO blocks_before;
CREATE TABLE meta.site_blocks (
    site VARCHAR NOT NULL,
    block_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    judged_count BIGINT,
    article_ids VARCHAR[] NOT NULL,
    article_count BIGINT NOT NULL,
    first_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    block_number BIGINT NOT NULL
);
INSERT INTO meta.site_blocks
SELECT *, ('0x' || substr(block_id, 1, 15))::BIGINT FROM meta.blocks_before;
DROP TABLE meta.blocks_before;
