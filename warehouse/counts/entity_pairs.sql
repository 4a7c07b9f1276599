-- One part of the entities, each with those that come after it: pairs that `least` articles name, and more.
INSERT INTO meta.counted_pairs
WITH by_story AS (
    SELECT one.entity, other.entity AS other_entity, one.story, count(*) AS article_count
    FROM counted_named AS one
    JOIN counted_named AS other ON other.article = one.article AND other.entity > one.entity
    WHERE one.entity % getvariable('parts') = getvariable('part')
    GROUP BY ALL
), pairs AS (
    SELECT entity, other_entity, sum(article_count)::BIGINT AS article_count, count(*) AS story_count
    FROM by_story
    GROUP BY entity, other_entity
    HAVING sum(article_count) >= getvariable('least')
)
SELECT e.entity_id, o.entity_id, p.article_count, p.story_count
FROM pairs AS p
JOIN counted_entities AS e ON e.entity = p.entity
JOIN counted_entities AS o ON o.entity = p.other_entity
ORDER BY e.entity_id, o.entity_id;
