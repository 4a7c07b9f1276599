-- Why pages were rejected: the first word of the detail, how many, of how many sources, and whose most of all.
WITH rejected AS (
    SELECT p.source_id, split_part(p.detail, ':', 1) AS why, count(*) AS page_count
    FROM meta.pages AS p JOIN meta.runs AS r ON r.run_id = p.run_id
    WHERE r.flow = 'ingest' AND r.started_at >= $since::TIMESTAMPTZ AND p.outcome = 'rejected'
    GROUP BY ALL
)
SELECT
    coalesce(why, 'unknown') AS why,
    sum(page_count)::BIGINT AS page_count,
    count(*) AS source_count,
    arg_max(source_id, (page_count, source_id)) AS most_source,
    max(page_count) AS most_count
FROM rejected
GROUP BY why
ORDER BY page_count DESC, why;
