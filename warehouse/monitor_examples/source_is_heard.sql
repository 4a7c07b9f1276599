-- The newest articles of the source.
SELECT article_id, coalesce(url, canonical_url) AS url, title
FROM articles
WHERE source_id = {source}
ORDER BY first_seen_at DESC, article_id
LIMIT 3;
