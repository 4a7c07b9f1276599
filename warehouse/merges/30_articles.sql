-- Articles: new ones come in, known ones take the new version and keep the day they were first seen.
MERGE INTO articles
USING (
    SELECT s.* REPLACE (least(s.first_seen_at, a.first_seen_at) AS first_seen_at)
    FROM staged_articles AS s
    SEMI JOIN winners AS w ON w.article_id = s.article_id AND w.page_id = s.page_id
    LEFT JOIN articles AS a ON a.article_id = s.article_id
    QUALIFY row_number() OVER (PARTITION BY s.article_id ORDER BY s.last_seen_at DESC) = 1
) AS fresh ON articles.article_id = fresh.article_id
WHEN MATCHED THEN UPDATE
WHEN NOT MATCHED THEN INSERT;
