-- Which share of its direct quotations has no speaker, by outlet?
SELECT
    coalesce(a.site, a.source_id) AS site,
    count(*) AS quote_count,
    round(count(*) FILTER (q.speaker IS NULL) / count(*), 2) AS unattributed_share
FROM quotes AS q
JOIN articles AS a ON a.article_id = q.article_id
WHERE q.kind = 'direct'
GROUP BY ALL
ORDER BY unattributed_share DESC, site;
