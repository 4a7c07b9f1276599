-- Articles: new ones come in, known ones take the new version and keep the day they were first seen.
MERGE INTO articles
USING fresh_articles AS fresh ON articles.article_id = fresh.article_id
WHEN MATCHED THEN UPDATE
WHEN NOT MATCHED THEN INSERT;
