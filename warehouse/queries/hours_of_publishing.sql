-- At which local hour do outlets publish?
SELECT
    a.source_id,
    extract(hour FROM timezone(coalesce(s.timezone, 'UTC'), a.published_at)) AS local_hour,
    count(*) AS article_count
FROM articles AS a
LEFT JOIN sources AS s ON s.source_id = a.source_id
WHERE a.published_precision IN ('second', 'minute')
GROUP BY ALL
ORDER BY a.source_id, local_hour;
