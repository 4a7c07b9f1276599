-- severity: fail
-- The pages of a run are its loaded, unchanged, duplicate and rejected ones, each once.
-- scope: batch
-- runbook: pages-and-articles
SELECT r.run_id, r.page_count, count(p.location) AS in_ledger, count(DISTINCT p.location) AS places
FROM meta.runs AS r
LEFT JOIN checked_pages AS p ON p.run_id = r.run_id
WHERE r.state <> 'failed' AND r.run_id IN (SELECT run_id FROM checked_pages)
GROUP BY ALL
HAVING r.page_count <> count(p.location)
    OR r.page_count <> count(DISTINCT p.location)
    OR r.page_count <> r.loaded_count + r.unchanged_count + r.duplicate_count + r.rejected_count;
