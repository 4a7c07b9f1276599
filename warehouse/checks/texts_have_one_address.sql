-- severity: warn
-- No text of a source stands under many addresses.
-- scope: source
-- runbook: addresses
-- setting: most_addresses = 5 (regional editions and print views make two or three)
SELECT a.source_id, any_value(a.title) AS title, count(DISTINCT coalesce(a.url, a.article_id)) AS observed,
       'under $most_addresses addresses' AS expected, list(a.url ORDER BY a.url)[:3] AS urls
FROM recent_articles AS a
GROUP BY a.source_id, hash(lower(a.text))
HAVING observed >= $most_addresses;
