-- What pages say of their articles beside title, authors and moment. Articles loaded before are told nothing until they are processed again.
ALTER TABLE articles ADD COLUMN published_on DATE;
ALTER TABLE articles ADD COLUMN kind VARCHAR;
UPDATE articles SET kind = 'article';
ALTER TABLE articles ALTER COLUMN kind SET NOT NULL;
ALTER TABLE articles ADD COLUMN section VARCHAR;
ALTER TABLE articles ADD COLUMN keywords VARCHAR[];
UPDATE articles SET keywords = [];
ALTER TABLE articles ALTER COLUMN keywords SET NOT NULL;
ALTER TABLE articles ADD COLUMN is_free BOOLEAN;
ALTER TABLE articles ADD COLUMN images JSON;
UPDATE articles SET images = '[]';
ALTER TABLE articles ALTER COLUMN images SET NOT NULL;
ALTER TABLE articles ADD COLUMN corrections VARCHAR[];
UPDATE articles SET corrections = [];
ALTER TABLE articles ALTER COLUMN corrections SET NOT NULL;
