-- Entities: one row each, made of the names that were decided (decided_names, by the resolver) and of those that the run touched.
CREATE OR REPLACE TEMP TABLE decided_rows AS
SELECT d.name_id, d.name_row, n.name_number, n.name, n.entity_id AS former_id, d.entity_id, d.reason
FROM meta.entity_names AS n
JOIN decided_names AS d ON d.name_row = n.rowid;

CREATE OR REPLACE TEMP TABLE moved_names AS
SELECT name_id, name_row, name_number, former_id, entity_id FROM decided_rows WHERE entity_id <> former_id;

-- Mentions and quotes follow: they give a name, whatever entity it stands for.
-- needs: moved_names
UPDATE meta.entity_names SET entity_id = m.entity_id, entity_number = (md5_number_lower(m.entity_id) >> 1)::BIGINT
FROM moved_names AS m WHERE entity_names.rowid = m.name_row;

-- The links say the same; one that still holds keeps the run that made it.
DELETE FROM meta.entity_links
WHERE undone_at IS NULL
  AND (name_id IN (SELECT name_id FROM decided_names) OR name_id IN (SELECT name_id FROM touched_names))
  AND (name_id, entity_id, reason) NOT IN (SELECT (name_id, entity_id, reason) FROM decided_names WHERE reason IS NOT NULL);

INSERT INTO meta.entity_links
SELECT d.name_id, d.entity_id, d.name, d.reason, getvariable('run_id'), NULL
FROM decided_rows AS d
WHERE d.reason IS NOT NULL
  AND d.name_id NOT IN (SELECT name_id FROM meta.entity_links WHERE undone_at IS NULL)
ORDER BY d.name_id;

CREATE OR REPLACE TEMP TABLE touched_entities AS
SELECT entity_id FROM touched_names
UNION SELECT former_id FROM moved_names
UNION SELECT entity_id FROM decided_names;

-- Keys first: of all names, only those of these entities are read.
CREATE OR REPLACE TEMP TABLE made_of_rows AS
SELECT n.rowid AS name_row FROM meta.entity_names AS n
WHERE n.entity_number IN (SELECT (md5_number_lower(entity_id) >> 1)::BIGINT FROM touched_entities);

CREATE OR REPLACE TEMP TABLE made_entities AS
WITH named AS (
    SELECT entity_id,
           -- a full name leads, its own before others; where only the alias file gives that, the name in most articles
           arg_max(name, (look_key IS NULL, plain_id = entity_id, name_id = entity_id, article_count, name)) AS name,
           arg_max(type, (look_key IS NULL, plain_id = entity_id, name_id = entity_id, article_count, name)) AS type,
           arg_max(country_code, (look_key IS NULL, plain_id = entity_id, name_id = entity_id, article_count, name))
               FILTER (country_code IS NOT NULL) AS country_code,
           list_distinct(flatten(list(forms)) || list(name)) AS names
    FROM meta.entity_names AS n
    JOIN made_of_rows AS r ON r.name_row = n.rowid
    GROUP BY entity_id
), said AS (
    SELECT entity_id, any_value(entity_name) AS name, any_value(type) AS type, max(country_code) AS country_code
    FROM meta.entity_aliases
    GROUP BY entity_id
)
SELECT n.entity_id, coalesce(s.name, n.name) AS name, coalesce(s.type, n.type) AS type,
       list_sort(list_filter(n.names, lambda x: x <> coalesce(s.name, n.name))) AS aliases,
       coalesce(s.country_code, n.country_code) AS country_code, (md5_number_lower(n.entity_id) >> 1)::BIGINT AS key_number
FROM named AS n
LEFT JOIN said AS s ON s.entity_id = n.entity_id;

SET VARIABLE first_entity_row = (SELECT count(*) FROM entities);

DELETE FROM entities WHERE key_number IN (SELECT (md5_number_lower(entity_id) >> 1)::BIGINT FROM touched_entities);

INSERT INTO entities BY NAME FROM made_entities ORDER BY entity_id;
