-- severity: warn
-- No article tells itself twice: its long paragraphs differ from each other.
-- scope: row
-- runbook: layout
-- flag: text_repeats
-- setting: least_paragraphs = 4 (of fewer, one chorus or repeated quotation weighs too much)
-- setting: least_distinct = 0.6 (share of different paragraphs among the long ones; whole texts printed twice come to a half)
-- setting: most_share = 0.05 (healthy sources have none)
-- setting: least_articles = 10 (a share of fewer says little)
WITH paragraphs AS (
    SELECT a.article_id, unnest(string_split(a.text, chr(10))) AS paragraph
    FROM checked_articles AS a
)
SELECT article_id
FROM paragraphs
WHERE length(paragraph) >= 80
GROUP BY article_id
HAVING count(*) >= $least_paragraphs AND count(DISTINCT paragraph) < $least_distinct * count(*);
