-- The rows, each with the entity that its speaker's name stands for now. Two parts, since DuckDB is quick at inner joins only.
CREATE OR REPLACE VIEW quotes AS
SELECT
    q.quote_id, q.article_id, q.position, q.text, q.kind, q.speaker, q.speaker_surface,
    n.entity_id AS speaker_entity_id, n.name_id AS speaker_name_id,
    q.cue, q.char_start, q.char_end, q.speaker_start, q.speaker_end, q.utterance_id, q.speaker_count
FROM meta.quote_rows AS q
JOIN meta.entity_names AS n ON n.name_number = q.speaker_name_number
UNION ALL
SELECT
    q.quote_id, q.article_id, q.position, q.text, q.kind, q.speaker, q.speaker_surface, NULL, NULL,
    q.cue, q.char_start, q.char_end, q.speaker_start, q.speaker_end, q.utterance_id, q.speaker_count
FROM meta.quote_rows AS q
WHERE q.speaker_name_number IS NULL;
