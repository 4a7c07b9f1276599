-- severity: warn
-- A source does not bring many times what it ever brought.
-- scope: source
-- runbook: addresses
-- unit: articles
SELECT
    CAST(timezone('UTC', first_seen_at) AS DATE) AS seen_on,
    count(*) AS article_count,
    count(DISTINCT title) AS title_count,
    max(url) AS example_url
FROM articles
WHERE source_id = {source}
GROUP BY seen_on
ORDER BY seen_on DESC
LIMIT 28;
