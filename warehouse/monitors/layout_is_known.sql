-- severity: warn
-- No new layout of a source's pages has broken a field.
-- scope: source
-- runbook: layout
-- unit: fields
SELECT
    CAST(timezone('UTC', fetched_at) AS DATE) AS fetched_on,
    layout_id,
    count(*) AS page_count,
    max(url) AS example_url
FROM meta.pages
WHERE source_id = {source} AND outcome = 'loaded'
GROUP BY fetched_on, layout_id
ORDER BY fetched_on DESC, page_count DESC
LIMIT 28;
