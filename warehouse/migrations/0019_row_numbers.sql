-- In a DuckLake rows of different runs may bear one row number (warehouse/homes/row_numbers.py): they are inserted again. Such numbers are
-- 10^18 and more, and a DuckDB file has none.
CREATE TEMP TABLE articles_again AS FROM articles WHERE rowid >= 1000000000000000000;
DELETE FROM articles WHERE rowid >= 1000000000000000000;
INSERT INTO articles FROM articles_again;
DROP TABLE articles_again;

CREATE TEMP TABLE versions_again AS FROM article_versions WHERE rowid >= 1000000000000000000;
DELETE FROM article_versions WHERE rowid >= 1000000000000000000;
INSERT INTO article_versions FROM versions_again;
DROP TABLE versions_again;

CREATE TEMP TABLE link_articles_again AS FROM meta.link_articles WHERE rowid >= 1000000000000000000;
DELETE FROM meta.link_articles WHERE rowid >= 1000000000000000000;
INSERT INTO meta.link_articles FROM link_articles_again;
DROP TABLE link_articles_again;

CREATE TEMP TABLE link_quotes_again AS FROM meta.link_quotes WHERE rowid >= 1000000000000000000;
DELETE FROM meta.link_quotes WHERE rowid >= 1000000000000000000;
INSERT INTO meta.link_quotes FROM link_quotes_again;
DROP TABLE link_quotes_again;
