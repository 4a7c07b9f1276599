-- Which stories did most outlets tell in the last seven days of the data?
SELECT title, site_count, article_count, copy_count, started_at::VARCHAR AS started_at
FROM stories
WHERE last_article_at > (SELECT max(last_article_at) FROM stories) - INTERVAL 7 DAY
ORDER BY site_count DESC, article_count DESC, title
LIMIT 10;
