-- Which staged pages are loaded: of several versions of one article the newest, and none that is older than what the warehouse has seen,
-- unless it stands where the present version stood (a file that was edited is newer, whatever its clock says).
CREATE OR REPLACE TEMP TABLE run_pages AS FROM staged_pages;

-- Pages that are worse than what their address gave before, or repeat one text at many addresses (flows/steps/second_look.py).
-- needs: refused_pages
UPDATE run_pages
SET outcome = 'rejected', detail = f.detail, article_id = f.article_id
FROM refused_pages AS f
WHERE f.location = run_pages.location;

-- What was erased does not come back, under whatever address or bytes it is found.
UPDATE run_pages
SET outcome = 'rejected', detail = 'erased: on request', location = 'erased:' || substr(sha256(location), 1, 16), url = NULL, article_id = NULL
WHERE page_id IN (SELECT key FROM meta.erased) OR article_id IN (SELECT key FROM meta.erased);

-- A page that meets passing trouble is tried again by later runs; in the third run it is rejected for good.
CREATE OR REPLACE TEMP TABLE troubled_pages AS SELECT location FROM run_pages WHERE starts_with(detail, 'passing_trouble:');

-- needs: troubled_pages
UPDATE run_pages
SET detail = 'given_up: in three runs the page met trouble, at last: ' || substr(detail, length('passing_trouble: ') + 1)
WHERE starts_with(detail, 'passing_trouble:')
  AND (
      SELECT count(*)
      FROM meta.pages AS p
      WHERE p.location = run_pages.location AND p.page_id IS NOT DISTINCT FROM run_pages.page_id
          AND p.extractor_version = run_pages.extractor_version AND starts_with(p.detail, 'passing_trouble:')
  ) >= 2;

-- The same bytes as a page that is rejected are rejected for the same reason: a wall at many addresses is heard of as a wall.
UPDATE run_pages
SET outcome = 'rejected', detail = r.detail
FROM (
    SELECT page_id, min(detail) AS detail FROM run_pages WHERE outcome = 'rejected' AND page_id IS NOT NULL GROUP BY page_id
) AS r
WHERE r.page_id = run_pages.page_id AND run_pages.outcome = 'duplicate' AND starts_with(run_pages.detail, 'same_bytes');

-- What the warehouse holds of the run's articles. Their facts are sought by number, in a narrow scan, and they themselves from the time on that
-- the first of them was seen; what follows reads these rows and no others.
CREATE OR REPLACE TEMP TABLE asked_articles AS
SELECT article_id FROM run_pages WHERE outcome = 'loaded' AND article_id IS NOT NULL UNION SELECT article_id FROM staged_articles;

CREATE OR REPLACE TEMP TABLE former_facts AS
SELECT first_seen_at FROM meta.article_facts WHERE key_number IN (SELECT (md5_number_lower(article_id) >> 1)::BIGINT FROM asked_articles);

-- needs: former_facts
SET VARIABLE former_since = (SELECT min(first_seen_at) FROM former_facts);

-- needs: former_facts, else (article_row BIGINT)
CREATE OR REPLACE TEMP TABLE former_rows AS
SELECT a.rowid AS article_row
FROM articles AS a
WHERE a.first_seen_at >= getvariable('former_since')::TIMESTAMPTZ AND a.article_id IN (FROM asked_articles);

-- needs: former_rows, else (article_row BIGINT, article_id VARCHAR, story_id VARCHAR, copy_id VARCHAR, run_id VARCHAR, first_seen_at TIMESTAMPTZ, last_seen_at TIMESTAMPTZ)
CREATE OR REPLACE TEMP TABLE former_articles AS
SELECT a.rowid AS article_row, a.article_id, a.story_id, a.copy_id, a.run_id, a.first_seen_at, a.last_seen_at
FROM articles AS a
JOIN former_rows AS r ON r.article_row = a.rowid;

CREATE OR REPLACE TEMP TABLE outdated_pages AS
WITH versions AS (
    SELECT location, article_id, fetched_at, row_number() OVER (PARTITION BY article_id ORDER BY fetched_at DESC, position DESC) AS place
    FROM run_pages
    WHERE outcome = 'loaded'
)
SELECT v.location
FROM versions AS v
LEFT JOIN former_articles AS a ON a.article_id = v.article_id
WHERE v.place > 1
   OR (a.last_seen_at > v.fetched_at AND NOT EXISTS (FROM meta.pages AS p WHERE p.location = v.location AND p.article_id = v.article_id));

-- needs: outdated_pages
UPDATE run_pages
SET outcome = 'duplicate', detail = 'older_version: a newer version of this article is loaded'
WHERE location IN (FROM outdated_pages);

CREATE OR REPLACE TEMP TABLE current_versions AS
SELECT article_id, page_id, location FROM run_pages WHERE outcome = 'loaded'
UNION ALL
-- articles that the site memory has cleaned again come without a page
SELECT article_id, page_id, NULL FROM staged_articles WHERE page_id NOT IN (SELECT page_id FROM run_pages WHERE page_id IS NOT NULL);
