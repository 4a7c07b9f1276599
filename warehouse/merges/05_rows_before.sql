-- Where the rows of this run begin: they are appended, so that whoever asks for them need not read the others. The last row of a large table
-- is sought among its last rows first; where they hold none (deleted rows are counted too), among all. In a small warehouse the
-- sizes of tables cost more than the rows: a lake takes 0.03 s to list them.
CREATE OR REPLACE TEMP TABLE many_articles AS SELECT 1 AS is_there FROM articles LIMIT 1 OFFSET 2_000;
SET VARIABLE first_quote_row = 0;
SET VARIABLE first_mention_row = 0;
SET VARIABLE first_boilerplate_row = 0;
SET VARIABLE first_utterance_row = 0;
-- needs: many_articles
SET VARIABLE near_rows = (
    SELECT map_from_entries(list((table_name, greatest(estimated_size - 200_000, 0))))
    FROM duckdb_tables()
    WHERE database_name = current_database() AND table_name IN ('quote_rows', 'mention_rows', 'boilerplate_rows', 'utterances')
);
-- needs: many_articles
SET VARIABLE first_quote_row = (SELECT max(rowid) FROM meta.quote_rows WHERE rowid >= getvariable('near_rows')['quote_rows']);
-- needs: many_articles
SET VARIABLE first_mention_row = (SELECT max(rowid) FROM meta.mention_rows WHERE rowid >= getvariable('near_rows')['mention_rows']);
-- needs: many_articles
SET VARIABLE first_boilerplate_row = (SELECT max(rowid) FROM meta.boilerplate_rows WHERE rowid >= getvariable('near_rows')['boilerplate_rows']);
-- needs: many_articles
SET VARIABLE first_utterance_row = (SELECT max(rowid) FROM utterances WHERE rowid >= getvariable('near_rows')['utterances']);

SET VARIABLE first_article_row = (SELECT coalesce(max(rowid), -1) + 1 FROM articles);
SET VARIABLE first_quote_row = (
    SELECT coalesce(max(rowid), -1) + 1 FROM meta.quote_rows WHERE rowid >= coalesce(getvariable('first_quote_row'), 0)
);
SET VARIABLE first_mention_row = (
    SELECT coalesce(max(rowid), -1) + 1 FROM meta.mention_rows WHERE rowid >= coalesce(getvariable('first_mention_row'), 0)
);
SET VARIABLE first_boilerplate_row = (
    SELECT coalesce(max(rowid), -1) + 1 FROM meta.boilerplate_rows WHERE rowid >= coalesce(getvariable('first_boilerplate_row'), 0)
);
SET VARIABLE first_utterance_row = (
    SELECT coalesce(max(rowid), -1) + 1 FROM utterances WHERE rowid >= coalesce(getvariable('first_utterance_row'), 0)
);
SET VARIABLE first_fact_row = (SELECT coalesce(max(rowid), -1) + 1 FROM meta.article_facts);
SET VARIABLE first_page_row = (SELECT coalesce(max(rowid), -1) + 1 FROM meta.pages);
