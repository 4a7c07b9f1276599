-- The rows without the number of their article, by which a load seeks them.
CREATE OR REPLACE VIEW boilerplate AS
SELECT page_id, article_id, position, reason, rule, text FROM meta.boilerplate_rows;
