-- severity: warn
-- Articles are published before they are fetched: where half of a source's times lie after it, its time zone is read wrongly.
-- scope: source
-- runbook: dates
-- setting: most_minutes = 10 (clocks differ by a few)
-- setting: least_articles = 10 (a median of fewer says little)
WITH lags AS (
    SELECT a.source_id, epoch_us(a.first_seen_at) - epoch_us(a.published_at) AS lag
    FROM recent_articles AS a
    WHERE a.published_precision IN ('second', 'minute')
)
SELECT source_id, median(lag) / 60_000_000 AS observed, 'at least -$most_minutes minutes' AS expected, observed >= -$most_minutes AS is_passed
FROM lags
GROUP BY source_id
HAVING count(*) >= $least_articles;
