-- severity: warn
-- As many articles of a source as before have a title, authors, a date, quotations.
-- scope: source
-- runbook: layout
-- unit: share
SELECT
    CAST(timezone('UTC', a.first_seen_at) AS DATE) AS seen_on,
    count(*) AS article_count,
    round(avg((a.title IS NOT NULL)::INT), 2) AS title_share,
    round(avg((len(a.authors) > 0)::INT), 2) AS authors_share,
    round(avg((a.published_at IS NOT NULL)::INT), 2) AS published_at_share,
    round(avg((q.article_id IS NOT NULL)::INT), 2) AS quotes_share
FROM articles AS a
LEFT JOIN (SELECT DISTINCT article_id FROM quotes WHERE kind <> 'indirect') AS q
    ON q.article_id = a.article_id
WHERE a.source_id = {source}
GROUP BY seen_on
ORDER BY seen_on DESC
LIMIT 28;
