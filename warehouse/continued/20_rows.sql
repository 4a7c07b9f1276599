-- Checks look at the rows of all loads of a run. No other run loads between them, so these are the last of their tables.
CREATE OR REPLACE TEMP TABLE run_articles AS
SELECT article_id, page_id, rowid AS article_row FROM articles WHERE run_id = getvariable('run_id');

INSERT INTO current_versions
SELECT article_id, page_id, NULL FROM run_articles WHERE article_id NOT IN (SELECT article_id FROM current_versions);

SET VARIABLE first_article_row = least(getvariable('first_article_row'), (SELECT min(article_row) FROM run_articles));

SET VARIABLE first_quote_row = least(
    getvariable('first_quote_row'),
    (SELECT min(q.rowid) FROM meta.quote_rows AS q SEMI JOIN run_articles AS r ON r.article_id = q.article_id)
);

SET VARIABLE first_mention_row = least(
    getvariable('first_mention_row'),
    (SELECT min(m.rowid) FROM meta.mention_rows AS m SEMI JOIN run_articles AS r ON r.article_id = m.article_id)
);

SET VARIABLE first_boilerplate_row = least(
    getvariable('first_boilerplate_row'),
    (SELECT min(b.rowid) FROM meta.boilerplate_rows AS b SEMI JOIN run_articles AS r ON r.page_id = b.page_id)
);

SET VARIABLE first_page_row = (SELECT min(rowid) FROM meta.pages WHERE run_id = getvariable('run_id'));
