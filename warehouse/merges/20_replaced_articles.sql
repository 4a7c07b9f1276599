-- Which articles of the warehouse give way: those that are written again, and those without an address whose place now tells another text.
CREATE OR REPLACE TEMP TABLE superseded AS
SELECT DISTINCT a.article_id
FROM winners AS w
JOIN meta.pages AS p ON p.location = w.location AND p.outcome = 'loaded' AND p.article_id <> w.article_id
JOIN articles AS a ON a.article_id = p.article_id AND a.page_id = p.page_id AND a.url IS NULL AND a.canonical_url IS NULL
WHERE a.article_id NOT IN (SELECT article_id FROM winners);

CREATE OR REPLACE TEMP TABLE replaced AS
SELECT article_id FROM articles WHERE article_id IN (SELECT article_id FROM winners)
UNION ALL
FROM superseded;

CREATE OR REPLACE TEMP TABLE bereft_names AS
SELECT DISTINCT name_id FROM mentions WHERE article_id IN (FROM replaced);

DELETE FROM quotes WHERE article_id IN (FROM replaced);
DELETE FROM mentions WHERE article_id IN (FROM replaced);
DELETE FROM boilerplate
WHERE article_id IN (FROM replaced) OR page_id IN (SELECT page_id FROM run_pages WHERE outcome IN ('loaded', 'rejected'));
DELETE FROM articles WHERE article_id IN (FROM superseded);
