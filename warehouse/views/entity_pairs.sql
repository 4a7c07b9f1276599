-- Who is named together: pairs of entities in one article, by articles and stories. Pages of names (flag entity_explosion) are left out.
-- other_entity_id: The other entity
-- other_name: Its name
-- article_count: Articles that name both
-- story_count: Stories of these articles
CREATE OR REPLACE VIEW entity_pairs AS
WITH named AS (
    SELECT DISTINCT m.article_id, m.entity_id, coalesce(a.story_id, a.article_id) AS story_id
    FROM mentions AS m
    JOIN articles AS a ON a.article_id = m.article_id
    WHERE NOT list_contains(a.flags, 'entity_explosion')
)
SELECT
    one.entity_id,
    other.entity_id AS other_entity_id,
    e.name,
    o.name AS other_name,
    count(*) AS article_count,
    count(DISTINCT one.story_id) AS story_count
FROM named AS one
JOIN named AS other ON other.article_id = one.article_id AND other.entity_id > one.entity_id
JOIN entities AS e ON e.entity_id = one.entity_id
JOIN entities AS o ON o.entity_id = other.entity_id
GROUP BY one.entity_id, other.entity_id, e.name, o.name;
