-- The names of the run's articles, and of those that gave way, as they stood before. Keys are sought once, in a narrow scan.
CREATE OR REPLACE TEMP TABLE former_name_rows AS
SELECT n.rowid AS name_row
FROM meta.entity_names AS n
WHERE n.key_number IN (
        SELECT (md5_number_lower(name_id) >> 1)::BIGINT
        FROM (SELECT name_id FROM staged_entity_names UNION SELECT name_id FROM staged_mentions UNION SELECT speaker_name_id FROM staged_quotes))
   OR n.name_number IN (FROM orphaned_numbers);

CREATE OR REPLACE TEMP TABLE former_names AS
SELECT n.*, n.rowid AS name_row
FROM meta.entity_names AS n
JOIN former_name_rows AS r ON r.name_row = n.rowid;

CREATE OR REPLACE TEMP TABLE orphaned_names AS
SELECT name_id FROM former_names WHERE name_number IN (FROM orphaned_numbers);

-- Quotes and mentions of the versions that are loaded.
CREATE OR REPLACE TEMP TABLE fresh_quotes AS
SELECT q.*
FROM staged_quotes AS q
SEMI JOIN current_versions AS w ON w.article_id = q.article_id AND w.page_id = q.page_id
QUALIFY row_number() OVER (PARTITION BY q.quote_id) = 1;

CREATE OR REPLACE TEMP TABLE fresh_mentions AS
SELECT m.*
FROM staged_mentions AS m
SEMI JOIN current_versions AS w ON w.article_id = m.article_id AND w.page_id = m.page_id
QUALIFY row_number() OVER (PARTITION BY m.article_id, m.char_start) = 1;

-- The numbers of the names that mentions give: names that are new come behind the others.
CREATE OR REPLACE TEMP TABLE numbered_names AS
SELECT name_id, name_number FROM former_names
UNION ALL
SELECT name_id, (SELECT coalesce(max(name_number), 0) FROM meta.entity_names) + row_number() OVER (ORDER BY name_id)
FROM (SELECT DISTINCT name_id FROM fresh_mentions) AS f
ANTI JOIN former_names AS n ON n.name_id = f.name_id;

-- What hangs on an article: its former quotes, mentions and stripped blocks are gone (20_), the new ones come in.
INSERT INTO meta.quote_rows BY NAME
SELECT q.* EXCLUDE (page_id, speaker_entity_id, speaker_name_id), n.name_number AS speaker_name_number, a.article_number
FROM fresh_quotes AS q
JOIN numbered_articles AS a ON a.article_id = q.article_id
LEFT JOIN numbered_names AS n ON n.name_id = q.speaker_name_id
ORDER BY q.article_id, q.position;

INSERT INTO meta.mention_rows BY NAME
SELECT m.* EXCLUDE (page_id, entity_id, name_id), n.name_number, a.article_number
FROM fresh_mentions AS m
JOIN numbered_articles AS a ON a.article_id = m.article_id
JOIN numbered_names AS n ON n.name_id = m.name_id
ORDER BY m.article_id, m.char_start;

INSERT INTO meta.boilerplate_rows
SELECT b.*, coalesce(a.article_number, 0)
FROM staged_boilerplate AS b
LEFT JOIN numbered_articles AS a ON a.article_id = b.article_id
WHERE (b.page_id IN (SELECT page_id FROM current_versions) OR b.article_id IS NULL) AND b.page_id NOT IN (SELECT key FROM meta.erased)
QUALIFY row_number() OVER (PARTITION BY b.page_id, b.position) = 1
ORDER BY b.page_id, b.position;
