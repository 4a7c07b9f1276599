-- Who told each story first, and how many hours later did the next outlet tell it? A day without an hour counts as its midnight.
WITH told AS (
    SELECT
        a.story_id,
        coalesce(a.site, a.source_id) AS site,
        min(a.published_at) AS told_at
    FROM articles AS a
    WHERE a.story_id IS NOT NULL AND a.published_at IS NOT NULL AND a.published_precision <> 'month'
    GROUP BY ALL
)
SELECT
    s.title,
    arg_min(t.site, (t.told_at, t.site)) AS first_site,
    count(*) AS site_count,
    round(date_diff('minute', min(t.told_at), list_sort(list(t.told_at))[2]) / 60, 1) AS hours_to_second
FROM told AS t
JOIN stories AS s ON s.story_id = t.story_id
GROUP BY s.story_id, s.title
HAVING count(*) > 1
ORDER BY site_count DESC, s.title
LIMIT 10;
