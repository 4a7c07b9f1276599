-- Who is named in most articles, and under which other names?
SELECT e.name, e.type, e.aliases, count(DISTINCT m.article_id) AS article_count
FROM entities AS e
JOIN mentions AS m ON m.entity_id = e.entity_id
GROUP BY ALL
ORDER BY article_count DESC, e.name
LIMIT 10;
