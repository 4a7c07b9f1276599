-- The words of the window stand as bytes: a load reads them all, and lists of numbers took twice as long. Of each word's CRC-32 linking uses the
-- bits 0 to 20: a byte for the higher ones, two bytes for the lower ones, the lower first. (A table takes the place of the other, since a
-- DuckLake may update no row in the transaction that inserts it.)
ALTER TABLE meta.link_articles RENAME TO link_articles_before;
CREATE TABLE meta.link_articles (
    article_id VARCHAR NOT NULL,
    published_on DATE,
    seen_on DATE NOT NULL,
    story_id VARCHAR,
    copy_id VARCHAR NOT NULL,
    is_round_up BOOLEAN NOT NULL,
    linked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    high_bits BLOB NOT NULL,
    low_bits BLOB NOT NULL,
    counts UTINYINT[] NOT NULL,
    marks UTINYINT[] NOT NULL,
    words UINTEGER[] NOT NULL,
    quoted UINTEGER[] NOT NULL
);
INSERT INTO meta.link_articles
SELECT
    article_id, published_on, seen_on, story_id, copy_id, is_round_up, linked_at,
    unhex(array_to_string(list_transform(terms, lambda x: printf('%02x', (x >> 16) & 31)), '')),
    unhex(array_to_string(list_transform(terms, lambda x: printf('%02x%02x', x & 255, (x >> 8) & 255)), '')),
    counts, marks, words, quoted
FROM meta.link_articles_before
ORDER BY rowid;
DROP TABLE meta.link_articles_before;
