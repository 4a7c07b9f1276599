-- severity: warn
-- A source's texts are about as long as before.
-- scope: source
-- runbook: layout
-- unit: words
SELECT
    CAST(timezone('UTC', first_seen_at) AS DATE) AS seen_on,
    count(*) AS article_count,
    median(word_count) AS median_words,
    min(word_count) AS least_words,
    max(word_count) AS most_words
FROM articles
WHERE source_id = {source}
GROUP BY seen_on
ORDER BY seen_on DESC
LIMIT 28;
