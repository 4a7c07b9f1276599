-- Every speaker.
INSERT INTO meta.counted_speakers
SELECT speaker, speaker_entity_id, quote_count, article_count, story_count, sites
FROM top_speakers
WHERE getvariable('part') = 0
ORDER BY speaker_entity_id, speaker;
