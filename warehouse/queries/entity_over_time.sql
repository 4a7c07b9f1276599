-- How often was the most named person named, day by day?
WITH most AS (
    SELECT entity_id FROM entity_daily WHERE type = 'PERSON' GROUP BY entity_id ORDER BY sum(article_count) DESC, entity_id LIMIT 1
)
SELECT d.name, d.named_on, d.mention_count, d.article_count, d.story_count
FROM entity_daily AS d
SEMI JOIN most AS m ON m.entity_id = d.entity_id
ORDER BY d.named_on;
