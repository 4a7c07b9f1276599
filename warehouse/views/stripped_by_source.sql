-- What was cut, by source and reason: blocks, articles and characters. Over 2,000 articles it is counted when 4 % of the articles are new (docs/warehouse.md).
-- block_count: Blocks stripped
-- article_count: Articles that they were stripped from
-- story_count: Stories of these articles
-- character_count: Characters stripped
-- reason: Why they were stripped
CREATE OR REPLACE VIEW stripped_by_source AS
FROM meta.counted_blocks
UNION ALL
SELECT
    a.source_id,
    b.reason,
    count(*) AS block_count,
    count(DISTINCT a.article_id) AS article_count,
    count(DISTINCT coalesce(a.story_id, a.article_id)) AS story_count,
    sum(length(b.text)) AS character_count
FROM boilerplate AS b
JOIN articles AS a ON a.article_id = b.article_id
WHERE NOT EXISTS (FROM meta.counts WHERE view_name = 'stripped_by_source')
GROUP BY a.source_id, b.reason;
