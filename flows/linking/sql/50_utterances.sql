-- A row for each utterance that was touched, from its quotations and narrations. One that nobody quotes any longer is gone.
-- needs: touched_utterances, else (row_number BIGINT)
CREATE OR REPLACE TEMP TABLE former_utterance_rows AS
SELECT rowid AS row_number FROM utterances WHERE key_number IN (SELECT (md5_number_lower(utterance_id) >> 1)::BIGINT FROM touched_utterances);

-- Quotations of them in the window, by row number.
-- needs: touched_utterances, else (row_number BIGINT)
CREATE OR REPLACE TEMP TABLE touched_prints AS
SELECT rowid AS row_number FROM meta.link_quotes WHERE utterance_id IN (SELECT utterance_id FROM touched_utterances);

-- No article quotes or tells an utterance before it is first seen; one that is new has its quotations and narrations in the window. So those
-- of the touched ones are sought in articles from that time on, whose numbers are the greater ones.
SET VARIABLE said_since = (
    SELECT min(seen_at) FROM (
        SELECT u.first_seen_at AS seen_at FROM utterances AS u JOIN former_utterance_rows AS r ON r.row_number = u.rowid
        UNION ALL
        SELECT l.seen_on::TIMESTAMPTZ FROM meta.link_quotes AS l JOIN touched_prints AS t ON t.row_number = l.rowid
        UNION ALL
        SELECT l.seen_on::TIMESTAMPTZ FROM meta.link_articles AS l
        WHERE l.article_id IN (SELECT n.article_id FROM narrations AS n SEMI JOIN touched_utterances AS t ON t.utterance_id = n.utterance_id))
);
SET VARIABLE said_from = (SELECT min(article_number) FROM meta.article_facts WHERE first_seen_at >= getvariable('said_since')::TIMESTAMPTZ);

-- needs: touched_utterances, else (row_number BIGINT)
CREATE OR REPLACE TEMP TABLE said_rows AS
SELECT q.rowid AS row_number FROM meta.quote_rows AS q SEMI JOIN touched_utterances AS t ON t.utterance_id = q.utterance_id
WHERE q.article_number >= getvariable('said_from');

-- A table of its own, so that DuckDB knows how few they are: else it keeps all names to look up theirs.
-- needs: said_rows, else (utterance_id VARCHAR, article_id VARCHAR, text VARCHAR, kind VARCHAR, speaker_name_number BIGINT)
CREATE OR REPLACE TEMP TABLE said_texts AS
SELECT q.utterance_id, q.article_id, q.text, q.kind, q.speaker_name_number
FROM meta.quote_rows AS q
JOIN said_rows AS r ON r.row_number = q.rowid;

-- needs: said_texts, else (utterance_id VARCHAR, article_id VARCHAR, text VARCHAR, kind VARCHAR, speaker_entity_id VARCHAR)
CREATE OR REPLACE TEMP TABLE said_quotes AS
SELECT q.utterance_id, q.article_id, q.text, q.kind, n.entity_id AS speaker_entity_id
FROM said_texts AS q
LEFT JOIN meta.entity_names AS n ON n.name_number = q.speaker_name_number;

-- needs: touched_utterances
DELETE FROM narrations
WHERE utterance_id IN (SELECT utterance_id FROM touched_utterances) AND utterance_id NOT IN (SELECT utterance_id FROM said_quotes);

-- needs: touched_utterances, else (utterance_id VARCHAR, article_id VARCHAR, site VARCHAR, first_seen_at TIMESTAMPTZ, story_id VARCHAR)
CREATE OR REPLACE TEMP TABLE said_in AS
WITH printed AS (
    SELECT utterance_id, article_id FROM said_quotes
    UNION SELECT utterance_id, article_id FROM narrations WHERE utterance_id IN (SELECT utterance_id FROM touched_utterances)
), printed_rows AS MATERIALIZED (
    SELECT rowid AS row_number FROM articles
    WHERE first_seen_at >= getvariable('said_since')::TIMESTAMPTZ AND article_id IN (SELECT article_id FROM printed)
), told AS (
    SELECT a.article_id, coalesce(a.site, a.source_id) AS site, a.first_seen_at, a.story_id
    FROM articles AS a
    JOIN printed_rows AS r ON r.row_number = a.rowid
)
SELECT p.utterance_id, p.article_id, a.site, a.first_seen_at, a.story_id
FROM printed AS p
JOIN told AS a ON a.article_id = p.article_id;

-- needs: said_quotes, else (utterance_id VARCHAR, text VARCHAR, speaker_entity_id VARCHAR, story_id VARCHAR, wording_count BIGINT, article_count BIGINT, site_count BIGINT, first_seen_at TIMESTAMPTZ, key_number BIGINT)
CREATE OR REPLACE TEMP TABLE made_utterances AS
WITH told AS (
    SELECT utterance_id, count(DISTINCT article_id) AS article_count, count(DISTINCT site) AS site_count, min(first_seen_at) AS first_seen_at
    FROM said_in
    GROUP BY utterance_id
), placed AS (
    SELECT utterance_id, story_id, count(*) AS article_count FROM said_in WHERE story_id IS NOT NULL GROUP BY utterance_id, story_id
), place AS (
    SELECT utterance_id, arg_max(story_id, (article_count, story_id)) AS story_id FROM placed GROUP BY utterance_id
), credited AS (
    SELECT utterance_id, speaker_entity_id, count(*) AS credit_count
    FROM said_quotes WHERE speaker_entity_id IS NOT NULL
    GROUP BY utterance_id, speaker_entity_id
), credit AS (
    SELECT utterance_id, arg_max(speaker_entity_id, (credit_count, speaker_entity_id)) AS speaker_entity_id FROM credited GROUP BY utterance_id
)
SELECT q.utterance_id,
       arg_max(q.text, (q.kind <> 'indirect', length(q.text), q.text)) AS text,
       any_value(c.speaker_entity_id) AS speaker_entity_id,
       any_value(s.story_id) AS story_id,
       count(DISTINCT lower(trim(regexp_replace(q.text, '[^\p{L}\p{N}]+', ' ', 'g')))) AS wording_count,
       any_value(t.article_count) AS article_count, any_value(t.site_count) AS site_count, any_value(t.first_seen_at) AS first_seen_at,
       (md5_number_lower(q.utterance_id) >> 1)::BIGINT AS key_number
FROM said_quotes AS q
JOIN told AS t ON t.utterance_id = q.utterance_id
LEFT JOIN credit AS c ON c.utterance_id = q.utterance_id
LEFT JOIN place AS s ON s.utterance_id = q.utterance_id
GROUP BY q.utterance_id;

-- needs: former_utterance_rows
DELETE FROM utterances WHERE rowid IN (SELECT row_number FROM former_utterance_rows);
-- needs: made_utterances
INSERT INTO utterances SELECT * FROM made_utterances ORDER BY utterance_id;
