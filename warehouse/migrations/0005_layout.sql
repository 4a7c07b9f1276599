-- Which layout a page has: a fingerprint of its markup around the article.
ALTER TABLE meta.pages ADD COLUMN layout_id VARCHAR;
