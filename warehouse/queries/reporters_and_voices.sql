-- Which reporter quotes whom?
SELECT a.author, s.speaker, count(*) AS quote_count
FROM quote_speakers AS s
JOIN (SELECT article_id, unnest(authors) AS author FROM articles) AS a ON a.article_id = s.article_id
GROUP BY ALL
ORDER BY quote_count DESC, author, s.speaker
LIMIT 10;
