-- Where the rows of this run begin: they are appended, so that whoever asks for them need not read the others.
SET VARIABLE first_article_row = (SELECT coalesce(max(rowid), -1) + 1 FROM articles);
SET VARIABLE first_quote_row = (SELECT coalesce(max(rowid), -1) + 1 FROM quotes);
SET VARIABLE first_mention_row = (SELECT coalesce(max(rowid), -1) + 1 FROM mentions);
SET VARIABLE first_boilerplate_row = (SELECT coalesce(max(rowid), -1) + 1 FROM boilerplate);
SET VARIABLE first_page_row = (SELECT coalesce(max(rowid), -1) + 1 FROM meta.pages);
