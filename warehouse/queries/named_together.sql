-- Who is named together in most articles?
SELECT name, other_name, article_count, story_count
FROM entity_pairs
ORDER BY article_count DESC, name, other_name
LIMIT 10;
