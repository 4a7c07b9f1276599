-- Why were pages rejected, by source?
SELECT source_id, split_part(detail, ':', 1) AS why, count(*) AS page_count
FROM meta.pages
WHERE outcome = 'rejected'
GROUP BY ALL
ORDER BY page_count DESC, source_id, why
LIMIT 20;
