-- Which headlines changed, and how?
SELECT coalesce(a.site, a.source_id) AS site, o.title AS old_title, v.title AS new_title, v.seen_at::VARCHAR AS seen_at
FROM article_versions AS v
JOIN article_versions AS o ON o.article_id = v.article_id AND o.version = v.version - 1
JOIN articles AS a ON a.article_id = v.article_id
WHERE o.title IS DISTINCT FROM v.title
ORDER BY v.seen_at DESC, v.article_id
LIMIT 10;
