-- How much do the outlets of each country print and quote?
SELECT
    coalesce(s.country, 'unknown') AS country,
    count(DISTINCT a.source_id) AS source_count,
    count(DISTINCT a.article_id) AS article_count,
    count(q.quote_id) AS quote_count
FROM articles AS a
LEFT JOIN sources AS s ON s.source_id = a.source_id
LEFT JOIN quotes AS q ON q.article_id = a.article_id AND q.kind <> 'indirect'
GROUP BY ALL
ORDER BY article_count DESC, country;
