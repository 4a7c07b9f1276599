-- severity: fail
-- A quotation's offsets point at its own words in the article that holds it.
-- scope: row
-- runbook: keys-and-offsets
SELECT q.quote_id, q.article_id, q.text, substr(a.text, q.char_start + 1, q.char_end - q.char_start) AS found
FROM checked_quotes AS q
JOIN checked_articles AS a ON a.article_id = q.article_id
WHERE substr(a.text, q.char_start + 1, q.char_end - q.char_start) IS DISTINCT FROM q.text;
