-- Who is named more in the last seven days of the data than in the four weeks before, by stories a week?
WITH days AS (
    SELECT *, (SELECT max(named_on) FROM entity_daily) - named_on AS days_ago FROM entity_daily
)
SELECT
    name,
    type,
    coalesce(sum(story_count) FILTER (days_ago < 7), 0) AS this_week,
    round(coalesce(sum(story_count) FILTER (days_ago BETWEEN 7 AND 34), 0) / 4, 1) AS a_week_before
FROM days
WHERE days_ago < 35
GROUP BY ALL
HAVING this_week > a_week_before
ORDER BY this_week - a_week_before DESC, name
LIMIT 10;
