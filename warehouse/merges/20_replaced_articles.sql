-- Which articles of the warehouse give way: those that are written again; those without an address whose place now tells another text; and
-- those whose own page is now judged to be no article (a page that cannot be read, or that we failed on, takes nothing away).
CREATE OR REPLACE TEMP TABLE fresh_articles AS
SELECT s.* REPLACE (least(s.first_seen_at, a.first_seen_at) AS first_seen_at)
FROM staged_articles AS s
SEMI JOIN current_versions AS w ON w.article_id = s.article_id AND w.page_id = s.page_id
LEFT JOIN former_articles AS a ON a.article_id = s.article_id
QUALIFY row_number() OVER (PARTITION BY s.article_id ORDER BY s.last_seen_at DESC) = 1;

CREATE OR REPLACE TEMP TABLE superseded AS
SELECT a.article_id, min(w.article_id) AS successor_id, min(a.first_seen_at) AS first_seen_at
FROM current_versions AS w
JOIN meta.pages AS p ON p.location = w.location AND p.outcome = 'loaded' AND p.article_id <> w.article_id
JOIN articles AS a ON a.article_id = p.article_id AND a.page_id = p.page_id AND a.url IS NULL AND a.canonical_url IS NULL
WHERE a.article_id NOT IN (SELECT article_id FROM current_versions)
GROUP BY a.article_id;

INSERT INTO superseded
SELECT DISTINCT a.article_id, NULL, a.first_seen_at
FROM run_pages AS r
JOIN articles AS a ON a.page_id = r.page_id
WHERE r.outcome = 'rejected'
  AND split_part(r.detail, ':', 1) NOT IN ('error', 'unreadable', 'contract', 'too_large', 'passing_trouble', 'given_up', 'unlike_before', 'repeated_text')
  AND a.article_id NOT IN (SELECT article_id FROM superseded UNION ALL SELECT article_id FROM current_versions);

CREATE OR REPLACE TEMP TABLE replaced AS
SELECT article_id FROM former_articles WHERE article_id IN (SELECT article_id FROM current_versions)
UNION ALL
SELECT article_id FROM superseded;

-- Facts give the same time of an article as the article does, and no version of it is older: both are sought from there on.
SET VARIABLE replaced_since = (
    SELECT min(first_seen_at) FROM (SELECT article_id, first_seen_at FROM former_articles UNION ALL SELECT article_id, first_seen_at FROM superseded)
    WHERE article_id IN (FROM replaced)
);

-- Their quotes, mentions and stripped blocks: sought once, by the numbers of the articles, since few blocks of rows hold them. What follows
-- takes the rows by number.
-- needs: replaced, else (article_number BIGINT, fact_row BIGINT)
CREATE OR REPLACE TEMP TABLE replaced_numbers AS
SELECT f.article_number, f.rowid AS fact_row FROM meta.article_facts AS f SEMI JOIN replaced AS r ON r.article_id = f.article_id
WHERE f.first_seen_at >= getvariable('replaced_since')::TIMESTAMPTZ;

-- needs: replaced_numbers, else (row_number BIGINT, utterance_id VARCHAR)
CREATE OR REPLACE TEMP TABLE replaced_quotes AS
SELECT q.rowid AS row_number, q.utterance_id FROM meta.quote_rows AS q SEMI JOIN replaced_numbers AS r ON r.article_number = q.article_number;

-- needs: replaced_numbers, else (row_number BIGINT, name_number BIGINT)
CREATE OR REPLACE TEMP TABLE replaced_mentions AS
SELECT m.rowid AS row_number, m.name_number FROM meta.mention_rows AS m SEMI JOIN replaced_numbers AS r ON r.article_number = m.article_number;

-- needs: replaced_numbers, else (row_number BIGINT)
CREATE OR REPLACE TEMP TABLE replaced_boilerplates AS
SELECT b.rowid AS row_number FROM meta.boilerplate_rows AS b SEMI JOIN replaced_numbers AS r ON r.article_number = b.article_number;

CREATE OR REPLACE TEMP TABLE orphaned_numbers AS SELECT DISTINCT name_number FROM replaced_mentions;

-- What linking (flows/linking) has to look at again: the stories, copies and utterances of these articles.
-- needs: former_articles or superseded, else (article_id VARCHAR, story_id VARCHAR, copy_id VARCHAR)
CREATE OR REPLACE TEMP TABLE former_links AS
SELECT article_id, story_id, copy_id FROM former_articles WHERE article_id IN (FROM replaced)
UNION
SELECT a.article_id, a.story_id, a.copy_id FROM articles AS a SEMI JOIN superseded AS s ON s.article_id = a.article_id;

CREATE OR REPLACE TEMP TABLE former_utterances AS
SELECT DISTINCT utterance_id FROM replaced_quotes WHERE utterance_id IS NOT NULL;

-- needs: replaced_quotes
DELETE FROM meta.quote_rows WHERE rowid IN (SELECT row_number FROM replaced_quotes);
-- needs: replaced_mentions
DELETE FROM meta.mention_rows WHERE rowid IN (SELECT row_number FROM replaced_mentions);
-- needs: replaced_boilerplates
DELETE FROM meta.boilerplate_rows WHERE rowid IN (SELECT row_number FROM replaced_boilerplates);

-- A page that is processed again leaves no blocks of before. Few pages are: the others need not be looked for.
CREATE OR REPLACE TEMP TABLE pages_again AS
SELECT r.page_id FROM run_pages AS r SEMI JOIN meta.pages AS p ON p.page_id = r.page_id WHERE r.outcome IN ('loaded', 'rejected');

-- needs: pages_again
DELETE FROM meta.boilerplate_rows WHERE page_id IN (FROM pages_again);
