-- severity: warn
-- No headline stands over many different texts of one source.
-- scope: source
-- runbook: layout
-- setting: most_texts = 5 (a daily column has one name all year; more is a headline read from the wrong place)
-- setting: most_share = 0.2 (of the source's recent articles; below it, a column)
WITH recent AS (
    SELECT source_id, count(*) AS article_count FROM recent_articles GROUP BY source_id
)
SELECT a.source_id, a.title, count(DISTINCT hash(lower(a.text))) AS text_count, count(DISTINCT hash(lower(a.text))) / any_value(r.article_count) AS observed,
       'at most $most_share' AS expected
FROM recent_articles AS a
JOIN recent AS r ON r.source_id = a.source_id
WHERE a.title IS NOT NULL
GROUP BY a.source_id, a.title
HAVING text_count >= $most_texts AND observed > $most_share;
