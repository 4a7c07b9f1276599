-- The newest fetches of the source that failed.
SELECT url, outcome, detail
FROM meta.fetches
WHERE source_id = {source} AND outcome NOT IN ('ok', 'unchanged') AND kind <> 'robots'
ORDER BY fetched_at DESC
LIMIT 3;
