-- Whose texts do outlets say that they print, and which of them are sources here?
SELECT
    a.site,
    a.syndicated_name AS credited,
    coalesce(s.name, o.name, 'no source here') AS source_name,
    count(*) AS article_count
FROM articles AS a
LEFT JOIN sources AS s ON s.source_id = a.syndicated_from
LEFT JOIN sources AS o ON o.site = a.syndicated_from
WHERE a.syndicated_name IS NOT NULL
GROUP BY ALL
ORDER BY article_count DESC, a.site, credited;
