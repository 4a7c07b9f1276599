-- severity: warn
-- No short article is what a site shows for a page that it has not: a soft 404.
-- scope: row
-- runbook: walls
-- flag: soft_404
-- setting: most_characters = 1500 (such pages are short)
-- setting: most_share = 0.05 (healthy sources have none)
-- setting: least_articles = 10 (a share of fewer says little)
SELECT a.article_id
FROM checked_articles AS a
WHERE length(a.text) < $most_characters
  AND (regexp_matches(coalesce(a.title, ''), '^(error )?404\b|(page|story|article) (not found|unavailable|no longer exists)|^not found$|seite nicht gefunden|page (introuvable|non trouvée)|página no encontrada', 'i')
    OR regexp_matches(a.text, '(page|story|article)( that| which)?( you (are|were) looking for| you requested)? (could not be|cannot be|was not|can''t be|is no longer|does not|doesn''t|has been) (found|available|exist|moved or deleted|removed from)', 'i'));
