-- One part of the speakers: those of some entities; who is none stands with the first.
INSERT INTO meta.counted_speakers
SELECT speaker, speaker_entity_id, quote_count, article_count, story_count, sites
FROM top_speakers
WHERE coalesce(speaker_entity_id, '00') >= getvariable('part_from') AND coalesce(speaker_entity_id, '00') < getvariable('part_to')
ORDER BY speaker_entity_id, speaker;
