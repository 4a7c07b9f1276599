-- How long after publishing is an article first seen: median and 95th percentile, in hours?
SELECT
    source_id,
    count(*) AS article_count,
    round(median(date_diff('minute', published_at, first_seen_at)) / 60, 1) AS median_hours,
    round(quantile_cont(date_diff('minute', published_at, first_seen_at), 0.95) / 60, 1) AS p95_hours
FROM articles
WHERE published_precision IN ('second', 'minute')
GROUP BY ALL
ORDER BY median_hours DESC, source_id;
