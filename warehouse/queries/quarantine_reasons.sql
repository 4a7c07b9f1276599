-- Which rows broke their contract, by source and reason?
SELECT p.source_id, q.table_name, q.check_name, count(*) AS row_count, count(*) FILTER (q.replayed_at IS NULL) AS waiting_count
FROM meta.quarantine AS q
LEFT JOIN (SELECT page_id, any_value(source_id) AS source_id FROM meta.pages GROUP BY page_id) AS p ON p.page_id = q.page_id
GROUP BY ALL
ORDER BY row_count DESC, p.source_id, q.table_name
LIMIT 20;
