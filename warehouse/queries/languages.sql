-- In which languages are the articles, and how long are they?
SELECT coalesce(language, 'unknown') AS language, count(*) AS article_count, round(median(word_count)) AS median_words
FROM articles
GROUP BY ALL
ORDER BY article_count DESC, language;
