-- severity: warn
-- No headline stands over many different texts of one source.
-- scope: source
-- runbook: layout
-- setting: most_texts = 5 (a daily column has one name all year; more is a headline read from the wrong place)
-- setting: most_share = 0.2 (of the source's recent articles; below it, a column)
-- Keys first: most headlines stand once, and numbers are counted in less time than words.
WITH often AS MATERIALIZED (
    SELECT hash(source_id, title) AS title_key FROM recent_articles WHERE title IS NOT NULL GROUP BY title_key HAVING count(*) >= $most_texts
), headed AS MATERIALIZED (
    SELECT a.source_id, a.title, a.article_id
    FROM recent_articles AS a SEMI JOIN often AS o ON o.title_key = hash(a.source_id, a.title)
    WHERE a.title IS NOT NULL
), recent AS (
    SELECT source_id, count(*) AS article_count FROM recent_articles GROUP BY source_id
)
SELECT h.source_id, h.title, count(DISTINCT f.text_key) AS text_count, count(DISTINCT f.text_key) / any_value(r.article_count) AS observed,
       'at most $most_share' AS expected
FROM headed AS h
JOIN recent_facts AS f ON f.article_id = h.article_id
JOIN recent AS r ON r.source_id = h.source_id
GROUP BY h.source_id, h.title
HAVING text_count >= $most_texts AND observed > $most_share;
