-- The quarantine of earlier runs, where this run judged the same page anew: a row broken in the same way again stands there once, as its newest
-- failure; the others are in, now that their page is loaded without them failing.
CREATE OR REPLACE TEMP TABLE replayed AS
SELECT q.run_id, q.table_name, q.row_key, q.check_name, s.row_key IS NOT NULL AS is_broken_again
FROM meta.quarantine AS q
JOIN run_pages AS r ON r.page_id = q.page_id
LEFT JOIN staged_quarantine AS s ON s.table_name = q.table_name AND s.row_key = q.row_key AND s.check_name = q.check_name
WHERE q.replayed_at IS NULL AND q.run_id <> getvariable('run_id') AND (r.outcome = 'loaded' OR s.row_key IS NOT NULL);

-- needs: replayed
DELETE FROM meta.quarantine
WHERE replayed_at IS NULL
  AND (run_id, table_name, row_key, check_name) IN (SELECT (run_id, table_name, row_key, check_name) FROM replayed WHERE is_broken_again);

-- needs: replayed
UPDATE meta.quarantine SET replayed_at = getvariable('now')::TIMESTAMPTZ
WHERE replayed_at IS NULL
  AND (run_id, table_name, row_key, check_name) IN (SELECT (run_id, table_name, row_key, check_name) FROM replayed WHERE NOT is_broken_again);
