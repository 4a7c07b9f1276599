-- severity: warn
-- No article says that it was published before the web had news.
-- scope: row
-- runbook: dates
-- flag: date_early
-- setting: first_year = 1995 (the first newspapers came online then; 1970 and 1900 are clocks that were never set)
-- setting: most_share = 0.05 (archives aside, healthy sources have none)
-- setting: least_articles = 10 (a share of fewer says little)
SELECT a.article_id FROM checked_articles AS a WHERE year(a.published_at) < $first_year;
