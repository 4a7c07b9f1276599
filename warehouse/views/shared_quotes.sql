-- Quotations that several articles print: who is said to have said them, in how many wordings, and where.
CREATE OR REPLACE VIEW shared_quotes AS
SELECT
    q.variant_id,
    max(q.text) AS text,
    count(DISTINCT q.text) AS wording_count,
    list_sort(list(DISTINCT coalesce(e.name, q.speaker)) FILTER (q.speaker IS NOT NULL)) AS speakers,
    count(DISTINCT q.article_id) AS article_count,
    count(DISTINCT a.story_id) AS story_count,
    list_sort(list(DISTINCT coalesce(a.site, a.source_id))) AS sites
FROM quotes AS q
JOIN articles AS a ON a.article_id = q.article_id
LEFT JOIN entities AS e ON e.entity_id = q.speaker_entity_id
WHERE q.kind <> 'indirect'
GROUP BY q.variant_id
HAVING count(DISTINCT q.article_id) > 1;
