-- severity: warn
-- No article says that it was published more than a day after it was fetched.
-- scope: row
-- runbook: dates
SELECT a.source_id, a.article_id, a.url, a.title, a.published_at, a.last_seen_at
FROM checked_articles AS a
WHERE a.published_at > a.last_seen_at + INTERVAL 1 DAY;
