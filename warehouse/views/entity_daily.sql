-- How often an entity is named each day (of publishing, else of first sight): mentions, articles, and stories.
-- named_on: Day as printed, else the UTC day of first sight; articles dated by month alone are left out
-- mention_count: Mentions on that day
-- article_count: Articles that name the entity
-- story_count: Stories of these articles; an article outside of stories counts as one
CREATE OR REPLACE VIEW entity_daily AS
SELECT
    e.entity_id,
    e.name,
    e.type,
    coalesce(a.published_on, CAST(timezone('UTC', a.first_seen_at) AS DATE)) AS named_on,
    count(*) AS mention_count,
    count(DISTINCT a.article_id) AS article_count,
    count(DISTINCT coalesce(a.story_id, a.article_id)) AS story_count
FROM mentions AS m
JOIN entities AS e ON e.entity_id = m.entity_id
JOIN articles AS a ON a.article_id = m.article_id
WHERE a.published_precision IS DISTINCT FROM 'month'
GROUP BY e.entity_id, e.name, e.type, named_on;
