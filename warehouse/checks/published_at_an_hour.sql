-- severity: warn
-- Times of publishing are times: not midnight, which stands for a date without one.
-- scope: row
-- runbook: dates
-- flag: date_midnight
-- setting: most_share = 0.5 (weeklies publish at midnight; a whole source does not by chance)
-- setting: least_articles = 10 (a share of fewer says little)
SELECT a.article_id
FROM checked_articles AS a
WHERE a.published_precision IN ('second', 'minute') AND epoch(a.published_at) % 86400 = 0;
