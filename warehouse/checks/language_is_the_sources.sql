-- severity: warn
-- A source that writes in one language goes on writing in it.
-- scope: row
-- runbook: language
-- flag: wrong_language
-- setting: least_characters = 400 (of shorter texts the language is a guess)
-- setting: usual_share = 0.8 (below it a source has no one language)
-- setting: usual_articles = 10 (before that nobody knows what is usual)
-- setting: most_share = 0.1 (guest articles and bilingual pieces are rarer)
-- setting: least_articles = 10 (a share of fewer says little)
WITH usual AS (
    SELECT source_id, mode(language) AS language
    FROM recent_facts
    WHERE language IS NOT NULL AND kept_count >= $least_characters
    GROUP BY source_id
    HAVING count(*) >= $usual_articles
), settled AS (
    SELECT u.source_id, u.language
    FROM usual AS u
    JOIN recent_facts AS r ON r.source_id = u.source_id AND r.language IS NOT NULL AND r.kept_count >= $least_characters
    GROUP BY u.source_id, u.language
    HAVING avg((r.language = u.language)::INT) >= $usual_share
)
SELECT a.article_id
FROM checked_articles AS a
JOIN settled AS s ON s.source_id = a.source_id
WHERE a.language <> s.language AND length(a.text) >= $least_characters;
