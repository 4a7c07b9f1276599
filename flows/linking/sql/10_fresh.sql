-- What has to be linked: the articles that the run wrote, and those that were loaded before linking existed. Keys are sought in narrow scans;
-- texts are read by row number, of these articles alone.
CREATE OR REPLACE TEMP TABLE link_rows AS
SELECT a.rowid AS row_number, a.article_id
FROM articles AS a
SEMI JOIN link_asked AS k ON k.article_id = a.article_id
WHERE a.rowid >= getvariable('first_article_row');

-- Those of a load are the last of their table; the others are sought among all, if there are any.
CREATE OR REPLACE TEMP TABLE link_elsewhere AS
SELECT article_id FROM link_asked ANTI JOIN link_rows USING (article_id);

-- needs: link_elsewhere
INSERT INTO link_rows
SELECT a.rowid, a.article_id FROM articles AS a SEMI JOIN link_elsewhere AS k ON k.article_id = a.article_id;

CREATE OR REPLACE TEMP TABLE link_fresh AS
SELECT a.article_id, a.title, a.url, a.text, a.published_at, a.first_seen_at, f.story_id AS former_story_id,
       CASE WHEN (r.row_number < getvariable('first_article_row')) IS NOT FALSE THEN a.run_id END AS former_run_id
FROM articles AS a
JOIN link_rows AS r ON r.row_number = a.rowid
LEFT JOIN former_links AS f ON f.article_id = a.article_id;

-- Articles of the stories and copies that these belonged to, whose fingerprints have left the window: they are taken again, so that an old
-- article that is written anew finds its story.
-- needs: former_links, else (row_number BIGINT)
CREATE OR REPLACE TEMP TABLE link_recalled_rows AS
WITH former AS (
    SELECT f.story_id, f.copy_id FROM former_links AS f JOIN link_fresh AS k ON k.article_id = f.article_id
), member_rows AS MATERIALIZED (
    SELECT a.rowid AS row_number FROM articles AS a SEMI JOIN former AS f ON f.story_id = a.story_id
    UNION SELECT a.rowid FROM articles AS a SEMI JOIN former AS f ON f.copy_id = a.copy_id
), members AS (
    SELECT r.row_number, a.article_id, a.story_id, coalesce(a.published_at, a.first_seen_at) AS told_at
    FROM articles AS a
    JOIN member_rows AS r ON r.row_number = a.rowid
)
SELECT m.row_number
FROM members AS m
ANTI JOIN link_fresh AS k ON k.article_id = m.article_id
ANTI JOIN meta.link_articles AS l ON l.article_id = m.article_id
QUALIFY row_number() OVER (PARTITION BY m.story_id ORDER BY m.told_at DESC, m.article_id) <= getvariable('recalled_members');

-- needs: link_recalled_rows, else (article_id VARCHAR, title VARCHAR, url VARCHAR, text VARCHAR, published_at TIMESTAMPTZ, first_seen_at TIMESTAMPTZ, story_id VARCHAR, copy_id VARCHAR)
CREATE OR REPLACE TEMP TABLE link_recalled AS
SELECT a.article_id, a.title, a.url, a.text, a.published_at, a.first_seen_at, a.story_id, a.copy_id
FROM articles AS a
JOIN link_recalled_rows AS r ON r.row_number = a.rowid;

-- Quotations of these, by row number.
-- Those of a load are the last of their table; the others are sought by the numbers of their articles, if there are any.
CREATE OR REPLACE TEMP TABLE link_earlier AS
WITH earlier AS (
    SELECT article_id FROM link_rows WHERE (row_number < getvariable('first_article_row')) IS NOT FALSE
    UNION ALL SELECT article_id FROM link_recalled
)
SELECT f.article_number FROM meta.article_facts AS f
WHERE f.key_number IN (SELECT (md5_number_lower(article_id) >> 1)::BIGINT FROM earlier);

CREATE OR REPLACE TEMP TABLE link_quote_rows AS
SELECT q.rowid AS row_number, q.quote_id, q.article_id, q.utterance_id
FROM meta.quote_rows AS q
SEMI JOIN link_fresh AS k ON k.article_id = q.article_id
WHERE q.article_number >= getvariable('first_article_number')
UNION
SELECT q.rowid, q.quote_id, q.article_id, q.utterance_id
FROM meta.quote_rows AS q SEMI JOIN link_earlier AS k ON k.article_number = q.article_number;

-- Stories and utterances that lose an article or a quotation, or win one: their rows are made anew.
-- needs: moved_names, else (article_id VARCHAR)
CREATE OR REPLACE TEMP TABLE moved_articles AS
SELECT DISTINCT m.article_id FROM meta.mention_rows AS m JOIN moved_names AS n ON n.name_number = m.name_number;

-- needs: former_links or moved_articles, else (story_id VARCHAR)
CREATE OR REPLACE TEMP TABLE touched_stories AS
SELECT DISTINCT story_id FROM former_links WHERE story_id IS NOT NULL
UNION
SELECT a.story_id FROM articles AS a SEMI JOIN moved_articles AS m ON m.article_id = a.article_id WHERE a.story_id IS NOT NULL;

CREATE OR REPLACE TEMP TABLE touched_utterances AS
SELECT utterance_id FROM former_utterances
UNION
SELECT q.utterance_id
FROM meta.quote_rows AS q JOIN moved_names AS n ON n.name_number = q.speaker_name_number
WHERE q.utterance_id IS NOT NULL
UNION SELECT utterance_id FROM narrations WHERE article_id IN (SELECT article_id FROM former_links)
UNION SELECT q.utterance_id FROM link_quote_rows AS q SEMI JOIN link_fresh AS k ON k.article_id = q.article_id WHERE q.utterance_id IS NOT NULL;

CREATE OR REPLACE TEMP TABLE touched_copies AS
SELECT DISTINCT copy_id FROM former_links WHERE copy_id IS NOT NULL;

-- Articles that were written anew or taken away hold no link of their former text. New ones have none yet.
CREATE OR REPLACE TEMP TABLE unlinked AS
SELECT article_id, run_id, first_seen_at FROM former_links
UNION SELECT article_id, former_run_id, first_seen_at FROM link_fresh WHERE former_run_id IS NOT NULL;

-- needs: unlinked
DELETE FROM narrations WHERE article_id IN (SELECT article_id FROM unlinked);

-- Runs that have links, with their numbers. A run that lost its row in meta.runs (`warehouse/retention/`) has no number.
CREATE OR REPLACE TEMP TABLE link_runs AS
SELECT l.run_id, r.load_number FROM (SELECT DISTINCT run_id FROM meta.links) AS l LEFT JOIN meta.runs AS r ON r.run_id = l.run_id;

-- The run that wrote an article made the first links of its text, so those of earlier runs are passed over.
-- needs: unlinked
SET VARIABLE unlinked_from = (
    SELECT CASE WHEN count(r.load_number) = count(*) THEN min(r.load_number) ELSE 0 END
    FROM unlinked AS u
    LEFT JOIN meta.runs AS r ON r.run_id = u.run_id
);

-- needs: unlinked, else (run_id VARCHAR)
CREATE OR REPLACE TEMP TABLE unlinked_runs AS
SELECT run_id FROM link_runs
WHERE EXISTS (FROM unlinked) AND (load_number < getvariable('unlinked_from')) IS NOT TRUE;

-- needs: unlinked
DELETE FROM meta.links
WHERE rowid IN (
    SELECT l.rowid FROM meta.links AS l SEMI JOIN unlinked AS u ON u.article_id = l.article_id SEMI JOIN unlinked_runs AS r ON r.run_id = l.run_id
    UNION SELECT l.rowid FROM meta.links AS l SEMI JOIN unlinked AS u ON u.article_id = l.other_article_id SEMI JOIN unlinked_runs AS r ON r.run_id = l.run_id);
-- needs: unlinked
SET VARIABLE unlinked_since = (SELECT min(first_seen_at)::DATE FROM unlinked);
-- needs: unlinked
DELETE FROM meta.wording_pairs
WHERE seen_on >= getvariable('unlinked_since')::DATE
  AND (article_id IN (SELECT article_id FROM unlinked) OR other_article_id IN (SELECT article_id FROM unlinked));
DELETE FROM meta.link_articles
WHERE article_id IN (SELECT article_id FROM unlinked) OR linked_at < getvariable('earliest_now')::TIMESTAMPTZ - to_days(getvariable('window_days')::INTEGER);
DELETE FROM meta.link_quotes
WHERE article_id IN (SELECT article_id FROM unlinked) OR linked_at < getvariable('earliest_now')::TIMESTAMPTZ - to_days(getvariable('window_days')::INTEGER);
UPDATE meta.quote_rows SET utterance_id = NULL
FROM link_quote_rows AS r
WHERE r.row_number = quote_rows.rowid AND r.utterance_id IS NOT NULL AND r.article_id IN (SELECT article_id FROM link_fresh);
