-- severity: fail
-- A page that counts as loaded has its article.
-- scope: batch
-- runbook: pages-and-articles
SELECT p.run_id, p.location, p.article_id
FROM checked_pages AS p
ANTI JOIN articles AS a ON a.article_id = p.article_id
WHERE p.outcome = 'loaded'
  -- a later run may have put another text in the place of one without an address
  AND p.run_id = (SELECT max(run_id) FROM meta.pages AS later WHERE later.location = p.location);
