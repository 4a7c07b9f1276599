-- Checks look at the rows of all loads of a run. No other run loads between them, so these are the last of their tables.
CREATE OR REPLACE TEMP TABLE run_articles AS
SELECT article_id, page_id, rowid AS article_row FROM articles WHERE run_id = getvariable('run_id');

INSERT INTO current_versions
SELECT article_id, page_id, NULL FROM run_articles WHERE article_id NOT IN (SELECT article_id FROM current_versions);

SET VARIABLE first_article_row = least(getvariable('first_article_row'), (SELECT min(article_row) FROM run_articles));

SET VARIABLE first_article_number = least(
    getvariable('first_article_number'), (SELECT min(article_number) FROM meta.article_facts WHERE run_id = getvariable('run_id'))
);

SET VARIABLE first_page_row = (SELECT min(rowid) FROM meta.pages WHERE run_id = getvariable('run_id'));
