-- How much do the outlets of each owner print, and how much of it is another outlet's text?
SELECT
    coalesce(s.owner, 'unknown') AS owner,
    count(DISTINCT a.site) AS outlet_count,
    count(*) AS article_count,
    count(a.syndicated_name) AS credited_count,
    count(*) FILTER (a.article_id IN (SELECT copy_article_id FROM copies)) AS copy_count
FROM articles AS a
LEFT JOIN sources AS s ON s.source_id = a.source_id
GROUP BY ALL
ORDER BY article_count DESC, owner;
