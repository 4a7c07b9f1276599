-- Articles: those written again go and come in as they are now, behind the others. (A MERGE would do the same, reading every row.)
DELETE FROM articles WHERE article_id IN (FROM replaced);

INSERT INTO articles SELECT * FROM fresh_articles ORDER BY article_id;
