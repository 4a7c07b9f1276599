-- Who is quoted most, by entity: quotations, articles and stories (articles that tell one event). Speakers without an entity, such as
-- "an official", have a row each by their words, and no speaker_entity_id. Over 2,000 articles it is counted when 4 % of the articles are new (docs/warehouse.md).
-- speaker: Name of the entity, else the speaker's words
-- speaker_entity_id: Entity of the speaker; null where it is none
-- speaker_type: Type of the entity: PERSON, ORG …
-- quote_count: Direct and mixed quotations
-- article_count: Articles that quote the speaker
-- story_count: Stories of these articles
-- sites: Outlets that quote the speaker
CREATE OR REPLACE VIEW top_speakers AS
WITH told AS (
    SELECT article_id, coalesce(story_id, article_id) AS story_id, coalesce(site, source_id) AS site
    FROM articles
    WHERE NOT EXISTS (FROM meta.counts WHERE view_name = 'top_speakers')
), fresh AS (
    SELECT
        s.speaker,
        s.speaker_entity_id,
        count(*) AS quote_count,
        count(DISTINCT s.article_id) AS article_count,
        count(DISTINCT t.story_id) AS story_count,
        list_sort(list(DISTINCT t.site)) AS sites
    FROM quote_speakers AS s
    JOIN meta.quote_rows AS q ON q.quote_id = s.quote_id
    JOIN told AS t ON t.article_id = s.article_id
    WHERE q.kind <> 'indirect'
    GROUP BY s.speaker, s.speaker_entity_id
)
SELECT c.speaker, c.speaker_entity_id, e.type AS speaker_type, c.quote_count, c.article_count, c.story_count, c.sites
FROM (FROM meta.counted_speakers UNION ALL FROM fresh) AS c
LEFT JOIN entities AS e ON e.entity_id = c.speaker_entity_id;
