-- Who is quoted most, counted by quotations, articles and stories (articles that tell the same text count once as a story).
CREATE OR REPLACE VIEW top_speakers AS
SELECT
    q.speaker,
    count(*) AS quote_count,
    count(DISTINCT q.article_id) AS article_count,
    count(DISTINCT a.story_id) AS story_count,
    list_sort(list(DISTINCT coalesce(a.site, a.source_id))) AS sites
FROM quotes AS q
JOIN articles AS a ON a.article_id = q.article_id
WHERE q.speaker IS NOT NULL AND q.kind <> 'indirect'
GROUP BY q.speaker;
