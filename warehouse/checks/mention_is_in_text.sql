-- severity: fail
-- A mention's offsets point at its own words in the article that holds it.
-- scope: row
-- runbook: keys-and-offsets
-- To find a place in a text DuckDB reads the text up to there, so each text is cut into pieces once:
-- a piece begins every 2,048 characters and has 1,024 more; a mention has at most 300.
WITH pieces AS (
    SELECT article_id, begins, substr(text, begins + 1, 2048 + 1024) AS piece
    FROM (SELECT article_id, text, unnest(range(0, length(text) + 1, 2048)) AS begins FROM checked_articles)
),
placed AS (
    SELECT m.article_id, m.char_start, m.char_end, m.text,
        greatest(0, least(m.char_start, a.size)) // 2048 * 2048 AS begins
    FROM checked_mentions AS m
    JOIN (SELECT article_id, length(text) AS size FROM checked_articles) AS a ON a.article_id = m.article_id
)
SELECT m.article_id, m.char_start, m.text,
    substr(p.piece, m.char_start - p.begins + 1, m.char_end - m.char_start) AS found
FROM placed AS m
JOIN pieces AS p ON p.article_id = m.article_id AND p.begins = m.begins
WHERE substr(p.piece, m.char_start - p.begins + 1, m.char_end - m.char_start) IS DISTINCT FROM m.text;
