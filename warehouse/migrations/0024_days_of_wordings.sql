-- Pairs of wordings give the day on which the later of their articles was first seen, so that a load passes over those of other days. (A table takes
-- the place of the other, since a DuckLake may update no row in the transaction that inserts it.)
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
    other_wording VARCHAR NOT NULL,
    seen_on DATE NOT NULL
);
INSERT INTO meta.wording_pairs
SELECT w.*, coalesce(greatest(a.first_seen_at, o.first_seen_at), now())::DATE
FROM meta.wording_pairs_before AS w
LEFT JOIN meta.article_facts AS a ON a.article_id = w.article_id
LEFT JOIN meta.article_facts AS o ON o.article_id = w.other_article_id
ORDER BY w.rowid;
DROP TABLE meta.wording_pairs_before;
