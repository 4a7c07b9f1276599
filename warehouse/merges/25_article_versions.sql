-- Versions: another page that tells an article otherwise is a new version of it; the same page judged anew only mends the version it told.
-- An article without an address hands its versions to the text that took its place.
CREATE OR REPLACE TEMP TABLE heirs AS
SELECT successor_id, min(article_id) AS article_id
FROM superseded
WHERE successor_id IS NOT NULL AND successor_id NOT IN (SELECT article_id FROM former_articles)
GROUP BY successor_id;

-- Keys first, texts afterwards: of the articles that are there, only the texts that changed are read.
-- needs: former_articles or heirs, else (successor_id VARCHAR, article_row BIGINT)
CREATE OR REPLACE TEMP TABLE earlier_keys AS
SELECT a.article_id AS successor_id, a.article_row FROM former_articles AS a SEMI JOIN fresh_articles AS n ON n.article_id = a.article_id
UNION ALL
SELECT h.successor_id, a.rowid FROM articles AS a JOIN heirs AS h ON h.article_id = a.article_id;

CREATE OR REPLACE TEMP TABLE version_pairs AS
WITH earlier AS (
    SELECT k.successor_id, a.title, a.text, a.authors, a.published_at, a.modified_at, a.page_id, a.extractor_version
    FROM articles AS a JOIN earlier_keys AS k ON k.article_row = a.rowid
)
SELECT
    n.article_id, n.page_id, n.title, n.text, n.word_count, n.last_seen_at, n.run_id, substr(sha256(n.text), 1, 16) AS text_hash,
    o.page_id AS old_page_id,
    list_filter(
        [
            CASE WHEN n.title IS DISTINCT FROM o.title THEN 'title' END,
            CASE WHEN n.text <> o.text THEN 'text' END,
            CASE WHEN n.authors <> o.authors THEN 'authors' END,
            CASE WHEN n.published_at IS DISTINCT FROM o.published_at THEN 'published_at' END
        ],
        lambda what: what IS NOT NULL
    ) AS changed,
    list_filter(string_split(o.text, chr(10)), lambda line: line <> '') AS old_lines,
    list_filter(string_split(n.text, chr(10)), lambda line: line <> '') AS new_lines,
    n.modified_at IS NOT NULL AND n.modified_at IS DISTINCT FROM o.modified_at AS is_announced,
    n.extractor_version = o.extractor_version AS is_same_extractor
FROM fresh_articles AS n
LEFT JOIN earlier AS o ON o.successor_id = n.article_id;

-- needs: heirs
UPDATE article_versions SET article_id = h.successor_id FROM heirs AS h WHERE article_versions.article_id = h.article_id;

-- needs: superseded
DELETE FROM article_versions WHERE article_id IN (SELECT article_id FROM superseded);

-- Versions that these articles had before, by row number; those of the load come behind them.
-- needs: earlier_keys or replaced, else (version_row BIGINT, article_id VARCHAR, version BIGINT)
CREATE OR REPLACE TEMP TABLE former_versions AS
SELECT v.rowid AS version_row, v.article_id, v.version
FROM article_versions AS v
WHERE v.seen_at >= getvariable('replaced_since')::TIMESTAMPTZ AND v.article_id IN (SELECT successor_id FROM earlier_keys UNION ALL FROM replaced);

SET VARIABLE first_version_row = (SELECT coalesce(max(rowid), -1) + 1 FROM article_versions);

-- needs: former_versions, else (article_id VARCHAR, version BIGINT, version_row BIGINT)
CREATE OR REPLACE TEMP TABLE last_versions AS
SELECT f.article_id, max(f.version) AS version, arg_max(f.version_row, f.version) AS version_row
FROM former_versions AS f
SEMI JOIN earlier_keys AS k ON k.successor_id = f.article_id
GROUP BY f.article_id;

-- needs: last_versions
UPDATE article_versions
SET title = p.title, text = p.text, text_hash = p.text_hash, word_count = p.word_count
FROM version_pairs AS p
JOIN last_versions AS l ON l.article_id = p.article_id
WHERE article_versions.rowid = l.version_row AND p.page_id = p.old_page_id;

INSERT INTO article_versions
SELECT
    p.article_id, coalesce(l.version, 0) + 1, p.last_seen_at, p.page_id, p.title, p.text_hash, p.word_count,
    CASE WHEN l.version IS NULL THEN [] ELSE p.changed END,
    CASE WHEN l.version IS NULL THEN [] ELSE list_filter(p.old_lines, lambda line: NOT list_contains(p.new_lines, line)) END,
    CASE WHEN l.version IS NULL THEN [] ELSE list_filter(p.new_lines, lambda line: NOT list_contains(p.old_lines, line)) END,
    l.version IS NULL OR p.is_announced,
    l.version IS NULL OR p.is_same_extractor,
    p.run_id,
    p.text
FROM version_pairs AS p
LEFT JOIN last_versions AS l ON l.article_id = p.article_id
WHERE l.version IS NULL OR (p.page_id <> p.old_page_id AND len(p.changed) > 0)
ORDER BY p.article_id;

-- needs: superseded
DELETE FROM articles WHERE article_id IN (SELECT article_id FROM superseded);
