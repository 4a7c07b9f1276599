-- Articles: those written again go and come in as they are now, behind the others. (A MERGE would do the same, reading every row.)
-- needs: replaced
DELETE FROM articles WHERE rowid IN (SELECT article_row FROM former_articles WHERE article_id IN (FROM replaced));

INSERT INTO articles SELECT * FROM fresh_articles ORDER BY article_id;

-- Their numbers, in the same order.
CREATE OR REPLACE TEMP TABLE numbered_articles AS
SELECT article_id, getvariable('first_article_number') - 1 + row_number() OVER (ORDER BY article_id) AS article_number
FROM fresh_articles;
