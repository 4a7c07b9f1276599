-- Where the rows of this run begin: they are appended, so that whoever asks for them need not read the others. Quotes, mentions, stripped blocks and
-- facts give the numbers of their articles, by which DuckDB passes over all others; it looks at each row number. (The row
-- number of a new row is never less than the count of rows.)
SET VARIABLE first_article_row = (SELECT coalesce(max(rowid), -1) + 1 FROM articles);
SET VARIABLE first_article_number = (SELECT coalesce(max(article_number), 0) + 1 FROM meta.article_facts);
SET VARIABLE first_utterance_row = (SELECT count(*) FROM utterances);
SET VARIABLE first_page_row = (SELECT coalesce(max(rowid), -1) + 1 FROM meta.pages);
