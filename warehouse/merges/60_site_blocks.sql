-- Site memory: in which articles of its site a block has stood, and what was judged of it. All articles are kept until it is known, so that
-- each of them can be cleaned again; after that the first eight, which keep the row small for ever.
CREATE OR REPLACE TEMP TABLE seen_blocks AS
SELECT s.site, s.block_id, any_value(s.block_number) AS block_number, min(s.text) AS text, max(s.state) FILTER (s.judged_count IS NOT NULL) AS state, max(s.judged_count) AS judged_count,
       list_distinct(flatten(list(s.article_ids))) AS article_ids, min(s.first_seen_at) AS first_seen_at, max(s.last_seen_at) AS last_seen_at
FROM staged_site_blocks AS s
WHERE s.judged_count IS NOT NULL OR s.article_ids[1] IN (SELECT article_id FROM current_versions)
GROUP BY s.site, s.block_id;

-- Numbers first: of the blocks that are there, only those seen again are read. (Other sites may have the same block.)
CREATE OR REPLACE TEMP TABLE former_blocks AS
WITH found AS MATERIALIZED (
    SELECT rowid AS block_row FROM meta.site_blocks WHERE block_number IN (SELECT block_number FROM seen_blocks)
)
SELECT b.*, f.block_row
FROM meta.site_blocks AS b
JOIN found AS f ON f.block_row = b.rowid
SEMI JOIN seen_blocks AS s ON s.site = b.site AND s.block_id = b.block_id;

CREATE OR REPLACE TEMP TABLE fresh_blocks AS
WITH counted AS (
    SELECT seen.site, seen.block_id, seen.block_number, coalesce(b.text, seen.text) AS text, coalesce(seen.state, b.state, 'counted') AS state,
           coalesce(seen.judged_count, b.judged_count) AS judged_count,
           list_sort(list_distinct(coalesce(b.article_ids, []) || seen.article_ids)) AS article_ids,
           least(seen.first_seen_at, b.first_seen_at) AS first_seen_at, greatest(seen.last_seen_at, b.last_seen_at) AS last_seen_at
    FROM seen_blocks AS seen
    LEFT JOIN former_blocks AS b ON b.site = seen.site AND b.block_id = seen.block_id
)
SELECT site, block_id, text, state, judged_count, CASE WHEN state = 'known' THEN article_ids[1:8] ELSE article_ids END AS article_ids,
       len(article_ids) AS article_count, first_seen_at, last_seen_at, block_number
FROM counted;

-- needs: former_blocks
DELETE FROM meta.site_blocks WHERE rowid IN (SELECT block_row FROM former_blocks);

-- Nearly all blocks are paragraphs that stand in one article and never again: without an end they would be most of the table. A run of old
-- pages counts back from its newest page, so an archive that is read in parts keeps its blocks.
DELETE FROM meta.site_blocks
WHERE article_count = 1
  AND last_seen_at < (SELECT least(coalesce(max(last_seen_at), '-infinity'), getvariable('earliest_now')::TIMESTAMPTZ) FROM seen_blocks) - INTERVAL 60 DAY;

INSERT INTO meta.site_blocks SELECT * FROM fresh_blocks ORDER BY site, block_id;
