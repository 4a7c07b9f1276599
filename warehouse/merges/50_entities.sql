-- Entities: one row each. The name is the greatest form met (mixed case after capitals, accents after none), so order of arrival is no matter.
MERGE INTO entities
USING (
    WITH met AS (
        SELECT m.entity_id, list(DISTINCT m.text) AS texts
        FROM staged_mentions AS m
        SEMI JOIN winners AS w ON w.article_id = m.article_id AND w.page_id = m.page_id
        GROUP BY m.entity_id
    ), named AS (
        SELECT entity_id, max(name) AS name, any_value(type) AS type, max(country_code) AS country_code
        FROM staged_entities
        GROUP BY entity_id
    )
    SELECT
        n.entity_id,
        greatest(n.name, e.name) AS name,
        n.type,
        list_sort(list_distinct(list_filter(met.texts || coalesce(e.aliases, []), lambda x: x <> greatest(n.name, e.name)))) AS aliases,
        coalesce(n.country_code, e.country_code) AS country_code
    FROM named AS n
    JOIN met USING (entity_id)
    LEFT JOIN entities AS e ON e.entity_id = n.entity_id
) AS fresh ON entities.entity_id = fresh.entity_id
WHEN MATCHED THEN UPDATE
WHEN NOT MATCHED THEN INSERT;

-- An entity that a replaced article named keeps only the forms that are still met, and goes with its last mention.
DELETE FROM entities
WHERE entity_id IN (FROM bereft_entities) AND entity_id NOT IN (SELECT entity_id FROM mentions);

UPDATE entities
SET aliases = still.texts
FROM (
    SELECT m.entity_id, coalesce(list_sort(list(DISTINCT m.text) FILTER (m.text <> e.name)), []) AS texts
    FROM mentions AS m
    JOIN entities AS e ON e.entity_id = m.entity_id
    WHERE m.entity_id IN (FROM bereft_entities)
    GROUP BY m.entity_id
) AS still
WHERE entities.entity_id = still.entity_id;
