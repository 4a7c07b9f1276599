-- Who is quoted most, by entity: quotations, articles and stories (articles that tell one event). Speakers without an entity, such as
-- "an official", have a row each by their words, and no speaker_entity_id.
-- speaker: Name of the entity, else the speaker's words
-- speaker_entity_id: Entity of the speaker; null where it is none
-- speaker_type: Type of the entity: PERSON, ORG …
-- quote_count: Direct and mixed quotations
-- article_count: Articles that quote the speaker
-- story_count: Stories of these articles
-- sites: Outlets that quote the speaker
CREATE OR REPLACE VIEW top_speakers AS
SELECT
    s.speaker,
    s.speaker_entity_id,
    e.type AS speaker_type,
    count(*) AS quote_count,
    count(DISTINCT s.article_id) AS article_count,
    count(DISTINCT coalesce(a.story_id, a.article_id)) AS story_count,
    list_sort(list(DISTINCT coalesce(a.site, a.source_id))) AS sites
FROM quote_speakers AS s
JOIN quotes AS q ON q.quote_id = s.quote_id
JOIN articles AS a ON a.article_id = s.article_id
LEFT JOIN entities AS e ON e.entity_id = s.speaker_entity_id
WHERE q.kind <> 'indirect'
GROUP BY s.speaker, s.speaker_entity_id, e.type;
