-- Who is named together: pairs of entities in one article, by articles and stories. Pages of names (flag entity_explosion) are left out. Ask for one entity: without a filter every pair of the warehouse is counted first.
-- other_entity_id: The other entity
-- other_name: Its name
-- article_count: Articles that name both
-- story_count: Stories of these articles
CREATE OR REPLACE VIEW entity_pairs AS
SELECT
    one.entity_id,
    other.entity_id AS other_entity_id,
    e.name,
    o.name AS other_name,
    count(DISTINCT a.article_id) AS article_count,
    count(DISTINCT coalesce(a.story_id, a.article_id)) AS story_count
FROM mentions AS one
JOIN mentions AS other ON other.article_id = one.article_id AND other.entity_id > one.entity_id
JOIN articles AS a ON a.article_id = one.article_id
JOIN entities AS e ON e.entity_id = one.entity_id
JOIN entities AS o ON o.entity_id = other.entity_id
WHERE NOT list_contains(a.flags, 'entity_explosion')
GROUP BY one.entity_id, other.entity_id, e.name, o.name;
