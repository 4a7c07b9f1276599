-- Pairs of quotations that linking again takes for one utterance, and those that it parts; narrations won and lost.
WITH quoted AS (
    SELECT f.quote_id, f.article_id, f.utterance_id AS old_id, q.utterance_id AS new_id, q.text, a.url
    FROM former_quotes AS f
    JOIN quotes AS q ON q.quote_id = f.quote_id
    JOIN articles AS a ON a.article_id = f.article_id
), fresh AS (
    SELECT n.article_id, n.char_start, substr(a.text, n.char_start + 1, n.char_end - n.char_start) AS text, a.url
    FROM narrations AS n JOIN articles AS a ON a.article_id = n.article_id WHERE n.article_id IN (FROM link_asked)
), former AS (
    SELECT n.article_id, n.char_start, substr(a.text, n.char_start + 1, n.char_end - n.char_start) AS text, a.url
    FROM former_narrations AS n JOIN articles AS a ON a.article_id = n.article_id
)
SELECT 'wording lost' AS kind, a.article_id, a.url, format('{} | {}', a.text, b.text) AS detail
FROM quoted AS a JOIN quoted AS b ON a.quote_id < b.quote_id AND a.old_id = b.old_id AND a.new_id IS DISTINCT FROM b.new_id
UNION ALL
SELECT 'wording won', a.article_id, a.url, format('{} | {}', a.text, b.text)
FROM quoted AS a JOIN quoted AS b ON a.quote_id < b.quote_id AND a.new_id = b.new_id AND a.old_id IS DISTINCT FROM b.old_id
UNION ALL
SELECT 'narration lost', o.article_id, o.url, o.text FROM former AS o ANTI JOIN fresh AS n ON n.article_id = o.article_id AND n.char_start = o.char_start
UNION ALL
SELECT 'narration won', n.article_id, n.url, n.text FROM fresh AS n ANTI JOIN former AS o ON n.article_id = o.article_id AND n.char_start = o.char_start;
