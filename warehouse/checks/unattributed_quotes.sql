-- severity: warn
-- Under half of a source's direct quotations are without a speaker (sources with 20 or more of them).
SELECT a.source_id, count(*) AS quotes, count(*) FILTER (q.speaker IS NULL) AS without_speaker
FROM quotes AS q
JOIN checked_articles AS a ON a.article_id = q.article_id
WHERE q.kind = 'direct' AND a.language = 'en'
GROUP BY a.source_id
HAVING count(*) >= 20 AND count(*) FILTER (q.speaker IS NULL) * 2 >= count(*);
