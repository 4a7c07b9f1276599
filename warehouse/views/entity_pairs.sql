-- Who is named together: pairs of entities in one article, by articles and stories. Pages of names (flag entity_explosion) are left out. Over 2,000 articles pairs are counted when a tenth of the articles is new, and the 5,000,000 most frequent are kept (docs/warehouse.md).
-- other_entity_id: The other entity
-- other_name: Its name
-- article_count: Articles that name both
-- story_count: Stories of these articles
CREATE OR REPLACE VIEW entity_pairs AS
WITH told AS (
    SELECT article_id, coalesce(story_id, article_id) AS story_id
    FROM articles
    WHERE NOT list_contains(flags, 'entity_explosion') AND NOT EXISTS (FROM meta.counts WHERE view_name = 'entity_pairs')
), fresh AS (
    SELECT
        one.entity_id,
        other.entity_id AS other_entity_id,
        count(DISTINCT t.article_id) AS article_count,
        count(DISTINCT t.story_id) AS story_count
    FROM mentions AS one
    JOIN mentions AS other ON other.article_id = one.article_id AND other.entity_id > one.entity_id
    JOIN told AS t ON t.article_id = one.article_id
    GROUP BY one.entity_id, other.entity_id
)
SELECT p.entity_id, p.other_entity_id, e.name, o.name AS other_name, p.article_count, p.story_count
FROM (FROM meta.counted_pairs UNION ALL FROM fresh) AS p
JOIN entities AS e ON e.entity_id = p.entity_id
JOIN entities AS o ON o.entity_id = p.other_entity_id;
