-- Which sections and keywords do outlets file their articles under?
SELECT source_id, section, keyword, count(*) AS article_count
FROM (
    SELECT source_id, coalesce(section, 'none given') AS section, unnest(CASE WHEN len(keywords) > 0 THEN keywords ELSE ['none given'] END) AS keyword
    FROM articles WHERE section IS NOT NULL OR len(keywords) > 0
)
GROUP BY ALL
ORDER BY article_count DESC, source_id, section, keyword;
