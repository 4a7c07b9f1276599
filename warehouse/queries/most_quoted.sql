-- Who is quoted most, and by how many outlets?
SELECT speaker, quote_count, article_count, len(sites) AS site_count
FROM top_speakers
WHERE speaker_entity_id IS NOT NULL
ORDER BY quote_count DESC, speaker
LIMIT 5;
