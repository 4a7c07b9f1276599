-- How often an entity is named each day (of publishing, else of first sight): mentions, articles, and stories. In a large warehouse days that are over are counted once (docs/warehouse.md).
-- named_on: Day as printed, else the UTC day of first sight; articles dated by month alone are left out
-- mention_count: Mentions on that day
-- article_count: Articles that name the entity
-- story_count: Stories of these articles; an article outside of stories counts as one
CREATE OR REPLACE VIEW entity_daily AS
WITH told AS (
    SELECT article_id, coalesce(story_id, article_id) AS story_id, coalesce(published_on, CAST(timezone('UTC', first_seen_at) AS DATE)) AS named_on
    FROM articles
    WHERE published_precision IS DISTINCT FROM 'month'
), fresh AS (
    SELECT m.entity_id, t.named_on, count(*) AS mention_count, count(DISTINCT t.article_id) AS article_count, count(DISTINCT t.story_id) AS story_count
    FROM mentions AS m
    JOIN told AS t ON t.article_id = m.article_id
    WHERE t.named_on > coalesce(
        (SELECT max(CAST(timezone('UTC', settled_at) AS DATE)) FROM meta.counts WHERE view_name = 'entity_daily'), '-infinity'::DATE)
    GROUP BY m.entity_id, t.named_on
)
SELECT e.entity_id, e.name, e.type, d.named_on, d.mention_count, d.article_count, d.story_count
FROM (FROM meta.counted_days UNION ALL FROM fresh) AS d
JOIN entities AS e ON e.entity_id = d.entity_id;
