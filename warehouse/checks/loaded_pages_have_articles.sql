-- severity: fail
-- A page that counts as loaded has its article.
-- scope: batch
-- runbook: pages-and-articles
SELECT p.run_id, p.location, p.article_id
FROM checked_pages AS p
ANTI JOIN checked_present AS a ON a.article_id = p.article_id
WHERE p.outcome = 'loaded'
  -- a later run may have put another text in the place of one without an address
  AND p.run_id = (SELECT max_by(later.run_id, coalesce(r.load_number, 0)) FROM meta.pages AS later LEFT JOIN meta.runs AS r USING (run_id) WHERE later.location = p.location);
