-- The newest articles of the source that lack the field.
SELECT a.article_id, coalesce(a.url, a.canonical_url) AS url, a.title,
    CASE {dimension}
        WHEN 'own_first_line' THEN split_part(a.text, chr(10), 1)
        WHEN 'own_last_line' THEN split_part(a.text, chr(10), -1)
    END AS line
FROM articles AS a
WHERE a.source_id = {source} AND CASE {dimension}
    WHEN 'title' THEN a.title IS NULL
    WHEN 'authors' THEN len(a.authors) = 0
    WHEN 'published_at' THEN a.published_at IS NULL
    WHEN 'sound_date' THEN list_has_any(a.flags, ['date_future', 'date_early', 'date_is_now', 'date_midnight', 'date_conflict'])
    WHEN 'quotes' THEN a.article_id NOT IN (SELECT q.article_id FROM quotes AS q WHERE q.kind <> 'indirect')
    WHEN 'named_speakers' THEN a.article_id IN (
        SELECT q.article_id FROM quotes AS q WHERE q.kind <> 'indirect'
            AND (q.speaker IS NULL OR lower(q.speaker) IN ('he', 'she', 'they', 'it', 'i', 'we', 'who', 'you')))
    WHEN 'own_first_line' THEN a.article_id IN (
        SELECT f.article_id FROM meta.article_facts AS f WHERE f.source_id = {source}
        QUALIFY count(*) OVER (PARTITION BY f.first_line_key) > 1)
    WHEN 'own_last_line' THEN a.article_id IN (
        SELECT f.article_id FROM meta.article_facts AS f WHERE f.source_id = {source}
        QUALIFY count(*) OVER (PARTITION BY f.last_line_key) > 1)
    ELSE true
END
ORDER BY a.first_seen_at DESC, a.article_id
LIMIT 3;
