-- severity: warn
-- A source goes on bringing articles: few were expected since its last one.
-- scope: source
-- runbook: silent-sources
-- unit: articles
SELECT CAST(timezone('UTC', first_seen_at) AS DATE) AS seen_on, count(*) AS article_count
FROM articles
WHERE source_id = {source}
GROUP BY seen_on
ORDER BY seen_on DESC
LIMIT 28;
