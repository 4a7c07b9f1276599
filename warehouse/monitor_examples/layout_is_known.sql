-- The newest pages of the source, with their layout.
SELECT article_id, url, layout_id
FROM meta.pages
WHERE source_id = {source} AND outcome = 'loaded'
ORDER BY fetched_at DESC, location
LIMIT 3;
