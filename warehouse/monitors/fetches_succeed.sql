-- severity: warn
-- Few of a source's pages cannot be fetched.
-- scope: source
-- runbook: fetching
-- unit: share
SELECT
    CAST(timezone('UTC', fetched_at) AS DATE) AS fetched_on,
    outcome,
    count(*) AS fetch_count,
    max(url) AS example_url
FROM meta.fetches
WHERE source_id = {source} AND kind <> 'robots'
GROUP BY fetched_on, outcome
ORDER BY fetched_on DESC, fetch_count DESC
LIMIT 28;
