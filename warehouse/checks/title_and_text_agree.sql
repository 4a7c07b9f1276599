-- severity: warn
-- Headline and text speak of the same thing: some longer word of a headline with three or more of them stands in the text.
-- scope: row
-- runbook: layout
-- flag: title_apart
-- setting: most_share = 0.05 (headlines that play with words are rarer)
-- setting: least_articles = 10 (a share of fewer says little)
WITH worded AS (
    SELECT a.article_id, lower(a.text) AS text, list_distinct(list_filter(regexp_extract_all(lower(a.title), '\p{L}+'), lambda word: length(word) >= 5)) AS words
    FROM checked_articles AS a
    WHERE a.title IS NOT NULL AND a.word_count >= 60 AND a.language NOT IN ('zh', 'ja', 'th', 'ko')
)
SELECT article_id
FROM worded
-- the first five letters, so that an ending does not matter
WHERE len(words) >= 3 AND NOT list_bool_or(list_transform(words, lambda word: contains(text, word[:5])));
