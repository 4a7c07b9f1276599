-- How often an entity is named each day (of publishing, else of first sight): mentions, articles, and stories.
CREATE OR REPLACE VIEW entity_daily AS
SELECT
    e.entity_id,
    e.name,
    e.type,
    CAST(coalesce(a.published_at, a.first_seen_at) AS DATE) AS named_on,
    count(*) AS mention_count,
    count(DISTINCT a.article_id) AS article_count,
    count(DISTINCT coalesce(a.story_id, a.article_id)) AS story_count
FROM mentions AS m
JOIN entities AS e ON e.entity_id = m.entity_id
JOIN articles AS a ON a.article_id = m.article_id
GROUP BY e.entity_id, e.name, e.type, named_on;
