-- The newest articles of the source that lack the field.
SELECT a.article_id, coalesce(a.url, a.canonical_url) AS url, a.title
FROM articles AS a
WHERE a.source_id = {source} AND CASE {dimension}
    WHEN 'title' THEN a.title IS NULL
    WHEN 'authors' THEN len(a.authors) = 0
    WHEN 'published_at' THEN a.published_at IS NULL
    WHEN 'sound_date' THEN len(list_filter(a.flags, lambda flag: flag LIKE 'date_%')) > 0
    WHEN 'quotes' THEN a.article_id NOT IN (SELECT q.article_id FROM quotes AS q WHERE q.kind <> 'indirect')
    WHEN 'named_speakers' THEN a.article_id IN (
        SELECT q.article_id FROM quotes AS q WHERE q.kind <> 'indirect' AND q.speaker IS NULL)
    ELSE true
END
ORDER BY a.first_seen_at DESC, a.article_id
LIMIT 3;
