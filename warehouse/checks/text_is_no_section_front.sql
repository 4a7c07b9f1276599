-- severity: warn
-- No article is a list of headlines: most of its lines end like sentences.
-- scope: row
-- runbook: layout
-- flag: section_front
-- setting: least_lines = 8 (a shorter list may be an article's)
-- setting: most_headlines = 0.8 (share of lines without a closing mark; lists of results reach half)
-- setting: most_share = 0.05 (healthy sources have none)
-- setting: least_articles = 10 (a share of fewer says little)
WITH lines AS (
    SELECT a.article_id, unnest(string_split(a.text, chr(10))) AS line
    FROM checked_articles AS a
)
SELECT article_id
FROM lines
WHERE line <> ''
GROUP BY article_id
HAVING count(*) >= $least_lines
   AND avg((length(line) BETWEEN 25 AND 140 AND NOT regexp_matches(line, '[.!?:;,…。！？۔।"”’''»)\]]\s*$'))::INT) > $most_headlines;
