-- The ledger of runs, by when the run ended. What is last known of a place stays; a run that loses a page loses its row in meta.runs too.
CREATE OR REPLACE TEMP TABLE old_pages AS
SELECT p.run_id, p.location
FROM meta.pages AS p JOIN meta.runs AS r ON r.run_id = p.run_id
WHERE r.ended_at < getvariable('before') AND EXISTS (
    SELECT 1 FROM meta.pages AS later JOIN meta.runs AS s ON s.run_id = later.run_id
    WHERE later.location = p.location AND s.load_number > r.load_number
        AND later.page_id IS NOT NULL AND NOT starts_with(coalesce(later.detail, ''), 'passing_trouble:')
);
DELETE FROM meta.pages WHERE (run_id, location) IN (FROM old_pages);
DELETE FROM meta.runs WHERE run_id IN (SELECT run_id FROM old_pages);
