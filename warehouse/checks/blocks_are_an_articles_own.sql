-- severity: warn
-- No paragraph stands in many articles of one site: that is a banner which neither rules nor the site memory have taken out.
-- scope: source
-- runbook: banners
-- setting: least_articles = 5 (fewer may be updates of one story)
-- setting: most_share = 0.3 (the site memory takes out what it is sure of long before)
WITH recent AS (
    SELECT source_id, site, count(*) AS article_count FROM recent_articles WHERE site IS NOT NULL GROUP BY source_id, site
)
SELECT r.source_id, b.block_id, b.text, b.article_count, b.article_count / r.article_count AS observed, 'at most $most_share' AS expected
FROM recent AS r
JOIN meta.site_blocks AS b ON b.site = r.site
WHERE b.state <> 'known'
  AND b.last_seen_at > getvariable('recent_since')::TIMESTAMPTZ
  AND b.article_count >= $least_articles
  AND b.article_count > $most_share * r.article_count;
