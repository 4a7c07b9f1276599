-- severity: warn
-- No text of a source stands under many addresses.
-- scope: source
-- runbook: addresses
-- setting: most_addresses = 5 (regional editions and print views make two or three)
WITH often AS (
    SELECT source_id, text_key FROM recent_facts GROUP BY ALL HAVING count(*) >= $most_addresses
), told AS (
    SELECT f.source_id, f.text_key, f.article_id FROM recent_facts AS f SEMI JOIN often AS o ON o.source_id = f.source_id AND o.text_key = f.text_key
)
SELECT a.source_id, any_value(a.title) AS title, count(DISTINCT coalesce(a.url, a.article_id)) AS observed,
       'under $most_addresses addresses' AS expected, list(a.url ORDER BY a.url)[:3] AS urls
FROM recent_articles AS a
JOIN told AS t ON t.article_id = a.article_id
GROUP BY a.source_id, t.text_key
HAVING observed >= $most_addresses;
