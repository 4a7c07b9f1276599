-- The ledger and the quarantine: every page of the run with its outcome, every broken row with its payload.
INSERT INTO meta.pages
SELECT * REPLACE ((md5_number_lower(page_id) >> 1)::BIGINT AS page_number)
FROM run_pages
ORDER BY position;

-- needs: staged_quarantine
INSERT INTO meta.quarantine SELECT * FROM staged_quarantine WHERE page_id NOT IN (SELECT key FROM meta.erased) ORDER BY table_name, row_key, check_name;
