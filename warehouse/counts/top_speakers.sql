-- One part of the speakers.
INSERT INTO meta.counted_speakers
SELECT speaker, speaker_entity_id, quote_count, article_count, story_count, sites
FROM top_speakers
WHERE hash(speaker) % getvariable('parts') = getvariable('part')
ORDER BY speaker_entity_id, speaker;
