-- Which share of its stories does each outlet have for itself?
SELECT
    coalesce(a.site, a.source_id) AS site,
    count(DISTINCT a.story_id) AS story_count,
    round(count(DISTINCT a.story_id) FILTER (s.site_count = 1) / count(DISTINCT a.story_id), 2) AS exclusive_share
FROM articles AS a
JOIN stories AS s ON s.story_id = a.story_id
GROUP BY ALL
ORDER BY story_count DESC, site;
