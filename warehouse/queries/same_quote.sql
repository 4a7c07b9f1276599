-- Which quotations do several articles print, and whom do they credit?
SELECT text, speakers, sites
FROM shared_quotes
ORDER BY article_count DESC, text
LIMIT 5;
