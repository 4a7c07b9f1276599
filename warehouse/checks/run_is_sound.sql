-- severity: fail
-- Few pages of a run are rejected because we failed on them, or because what we made of them broke its contract.
-- scope: batch
-- runbook: a-run-failed
-- setting: most_share = 0.2 (single odd pages are usual; a fifth of a run is a defect of ours or a redesign everywhere)
-- setting: least_pages = 20 (a share of fewer says little)
SELECT run_id, count(*) AS page_count, count(*) FILTER (split_part(detail, ':', 1) IN ('contract', 'error')) AS broken_count
FROM checked_pages
WHERE outcome IN ('loaded', 'rejected')
GROUP BY run_id
HAVING count(*) >= $least_pages AND broken_count > $most_share * count(*);
