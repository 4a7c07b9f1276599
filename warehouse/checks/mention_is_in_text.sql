-- severity: fail
-- A mention's offsets point at its own words in the article that holds it.
-- scope: row
-- runbook: keys-and-offsets
SELECT m.article_id, m.char_start, m.text, substr(a.text, m.char_start + 1, m.char_end - m.char_start) AS found
FROM checked_mentions AS m
JOIN checked_articles AS a ON a.article_id = m.article_id
WHERE substr(a.text, m.char_start + 1, m.char_end - m.char_start) IS DISTINCT FROM m.text;
