-- severity: warn
-- The time of publishing is not the time of fetching: a page that prints the present time has no date.
-- scope: row
-- runbook: dates
-- flag: date_is_now
-- setting: most_seconds = 120 (even a wire's page is seldom fetched so soon)
-- setting: most_share = 0.1 (a source watched every minute has a few)
-- setting: least_articles = 20 (a share of fewer says little)
SELECT a.article_id
FROM checked_articles AS a
JOIN checked_pages AS p ON p.page_id = a.page_id AND p.run_id = a.run_id
WHERE p.http_status IS NOT NULL
  AND a.published_precision IN ('second', 'minute')
  AND abs(epoch(a.published_at) - epoch(p.fetched_at)) <= $most_seconds;
