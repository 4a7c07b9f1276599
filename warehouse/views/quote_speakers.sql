-- Every speaker of every quotation, one row each: "A and B said" has two. Speakers without an entity are as quotes.speaker has them.
-- speaker: Name of the speaker's entity, else the speaker as the article gives it
-- speaker_entity_id: Entity of this speaker
CREATE OR REPLACE VIEW quote_speakers AS
SELECT q.quote_id, q.article_id, e.name AS speaker, e.entity_id AS speaker_entity_id
FROM meta.quote_rows AS q
JOIN meta.entity_names AS n ON n.name_number = q.speaker_name_number
JOIN entities AS e ON e.entity_id = n.entity_id
WHERE q.speaker IS NOT NULL AND q.speaker_count = 1
UNION ALL
SELECT q.quote_id, q.article_id, q.speaker, NULL
FROM meta.quote_rows AS q
WHERE q.speaker_name_number IS NULL AND q.speaker IS NOT NULL AND q.speaker_count = 1
UNION ALL
SELECT DISTINCT q.quote_id, q.article_id, e.name, e.entity_id
FROM meta.quote_rows AS q
JOIN meta.mention_rows AS m ON m.article_id = q.article_id AND m.char_start >= q.speaker_start AND m.char_end <= q.speaker_end
JOIN meta.entity_names AS n ON n.name_number = m.name_number
JOIN entities AS e ON e.entity_id = n.entity_id
WHERE q.speaker_count > 1
-- "Ada Quill of Oslo and Ed Voss" are people
QUALIFY e.type = 'PERSON' OR NOT bool_or(e.type = 'PERSON') OVER (PARTITION BY q.quote_id);
