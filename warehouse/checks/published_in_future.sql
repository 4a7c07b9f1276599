-- severity: warn
-- No article says that it was published more than a day after it was fetched.
-- scope: row
-- runbook: dates
-- flag: date_future
-- setting: most_share = 0.05 (announcements dated ahead are rarer; more is a clock or a zone)
-- setting: least_articles = 10 (a share of fewer says little)
SELECT a.article_id
FROM checked_articles AS a
WHERE a.published_at > a.last_seen_at + INTERVAL 1 DAY OR list_contains(a.flags, 'date_future');
