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

-- Their quotes, mentions and stripped blocks are sought by the numbers of the articles, since few blocks of rows hold them.
-- needs: replaced, else (article_number BIGINT, fact_row BIGINT)
CREATE OR REPLACE TEMP TABLE replaced_numbers AS
SELECT f.article_number, f.rowid AS fact_row FROM meta.article_facts AS f SEMI JOIN replaced AS r ON r.article_id = f.article_id
WHERE f.first_seen_at >= getvariable('replaced_since')::TIMESTAMPTZ;

-- needs: replaced_numbers, else (name_number BIGINT)
CREATE OR REPLACE TEMP TABLE orphaned_numbers AS
SELECT DISTINCT m.name_number FROM meta.mention_rows AS m SEMI JOIN replaced_numbers AS r ON r.article_number = m.article_number;

-- What linking (flows/linking) has to look at again: the stories, copies and utterances of these articles.
-- needs: former_articles or superseded, else (article_id VARCHAR, story_id VARCHAR, copy_id VARCHAR, run_id VARCHAR, first_seen_at TIMESTAMPTZ)
CREATE OR REPLACE TEMP TABLE former_links AS
SELECT article_id, story_id, copy_id, run_id, first_seen_at FROM former_articles WHERE article_id IN (FROM replaced)
UNION
SELECT a.article_id, a.story_id, a.copy_id, a.run_id, a.first_seen_at FROM articles AS a SEMI JOIN superseded AS s ON s.article_id = a.article_id;

-- needs: replaced_numbers, else (utterance_id VARCHAR)
CREATE OR REPLACE TEMP TABLE former_utterances AS
SELECT DISTINCT q.utterance_id FROM meta.quote_rows AS q SEMI JOIN replaced_numbers AS r ON r.article_number = q.article_number
WHERE q.utterance_id IS NOT NULL;

-- needs: replaced_numbers
DELETE FROM meta.quote_rows WHERE article_number IN (SELECT article_number FROM replaced_numbers);
-- needs: replaced_numbers
DELETE FROM meta.mention_rows WHERE article_number IN (SELECT article_number FROM replaced_numbers);
-- needs: replaced_numbers
DELETE FROM meta.boilerplate_rows WHERE article_number IN (SELECT article_number FROM replaced_numbers);

-- A page that is processed again leaves no blocks of before. Few pages are: the others need not be looked for.
CREATE OR REPLACE TEMP TABLE pages_again AS
WITH asked AS MATERIALIZED (
    SELECT page_id, (md5_number_lower(page_id) >> 1)::BIGINT AS page_number FROM run_pages WHERE outcome IN ('loaded', 'rejected')
), known AS (
    SELECT page_number FROM meta.pages WHERE page_number IN (SELECT page_number FROM asked)
)
SELECT a.page_id FROM asked AS a SEMI JOIN known AS k ON k.page_number = a.page_number;

-- needs: pages_again
DELETE FROM meta.boilerplate_rows WHERE page_id IN (FROM pages_again);
