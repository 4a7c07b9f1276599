-- What kinds of texts are there, and in which sections?
SELECT kind, coalesce(section, 'none given') AS section, count(*) AS article_count
FROM articles
GROUP BY ALL
ORDER BY article_count DESC, kind, section
LIMIT 20;
