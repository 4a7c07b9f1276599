-- Which unnamed voices are quoted: officials, spokesmen, residents?
SELECT speaker, quote_count, article_count
FROM top_speakers
WHERE speaker_entity_id IS NULL
ORDER BY quote_count DESC, speaker
LIMIT 10;
