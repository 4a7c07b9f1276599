-- The names of the run's articles, and of those that gave way, as they stood before. Keys are sought once, in a narrow scan.
CREATE OR REPLACE TEMP TABLE former_name_rows AS
SELECT n.rowid AS name_row
FROM meta.entity_names AS n
WHERE n.name_id IN (SELECT name_id FROM staged_entity_names UNION SELECT name_id FROM staged_mentions
                    UNION SELECT speaker_name_id FROM staged_quotes UNION FROM orphaned_names);

CREATE OR REPLACE TEMP TABLE former_names AS
SELECT n.*, n.rowid AS name_row
FROM meta.entity_names AS n
JOIN former_name_rows AS r ON r.name_row = n.rowid;

-- What hangs on an article: its former quotes, mentions and stripped blocks are gone (20_), the new ones come in. A name that is linked
-- already goes to its entity at once.
INSERT INTO quotes
SELECT q.* EXCLUDE (page_id) REPLACE (coalesce(n.entity_id, q.speaker_entity_id) AS speaker_entity_id)
FROM staged_quotes AS q
SEMI JOIN current_versions AS w ON w.article_id = q.article_id AND w.page_id = q.page_id
LEFT JOIN former_names AS n ON n.name_id = q.speaker_name_id
QUALIFY row_number() OVER (PARTITION BY q.quote_id) = 1
ORDER BY q.article_id, q.position;

INSERT INTO mentions
SELECT m.* EXCLUDE (page_id) REPLACE (coalesce(n.entity_id, m.entity_id) AS entity_id)
FROM staged_mentions AS m
SEMI JOIN current_versions AS w ON w.article_id = m.article_id AND w.page_id = m.page_id
LEFT JOIN former_names AS n ON n.name_id = m.name_id
QUALIFY row_number() OVER (PARTITION BY m.article_id, m.char_start) = 1
ORDER BY m.article_id, m.char_start;

INSERT INTO boilerplate
SELECT b.*
FROM staged_boilerplate AS b
WHERE (b.page_id IN (SELECT page_id FROM current_versions) OR b.article_id IS NULL) AND b.page_id NOT IN (SELECT key FROM meta.erased)
QUALIFY row_number() OVER (PARTITION BY b.page_id, b.position) = 1
ORDER BY b.page_id, b.position;
