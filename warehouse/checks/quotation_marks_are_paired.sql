-- severity: warn
-- Quotation marks open and close: those of a paragraph balance, unless the next one goes on with an opening mark.
-- scope: row
-- runbook: layout
-- flag: unbalanced_marks
-- setting: most_share = 0.3 (slips of the pen are common; a source whose marks are lost to its encoding or layout has it in most texts)
-- setting: least_articles = 10 (a share of fewer says little)
WITH paragraphs AS (
    SELECT a.article_id, contains(a.text, '„') AS is_low, unnest(string_split(a.text, chr(10))) AS paragraph, generate_subscripts(string_split(a.text, chr(10)), 1) AS place
    FROM checked_articles AS a
), counted AS (
    SELECT
        article_id, is_low,
        length(paragraph) - length(replace(paragraph, '“', '')) AS high,
        length(paragraph) - length(replace(paragraph, '”', '')) AS closing,
        length(paragraph) - length(replace(paragraph, '„', '')) AS low,
        length(paragraph) - length(replace(paragraph, '"', '')) AS straight,
        coalesce(regexp_matches(lead(paragraph) OVER (PARTITION BY article_id ORDER BY place), '^\s*[“"„]'), false) AS goes_on
    FROM paragraphs
), weighed AS (
    -- after a low mark a high one closes
    SELECT *, CASE WHEN is_low THEN low ELSE high END AS opened, CASE WHEN is_low THEN high + closing ELSE closing END AS closed
    FROM counted
)
SELECT DISTINCT article_id
FROM weighed
WHERE opened < closed OR ((opened > closed OR straight % 2 = 1) AND NOT goes_on);
