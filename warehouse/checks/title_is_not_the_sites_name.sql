-- severity: warn
-- A headline is not the site's own name.
-- scope: row
-- runbook: layout
-- flag: title_is_site
-- setting: least_likeness = 0.95 (Jaro-Winkler; the name with or without "The" reaches it, a headline that names the site does not)
-- setting: most_share = 0.05 (healthy sources have none)
-- setting: least_articles = 10 (a share of fewer says little)
WITH named AS (
    SELECT a.article_id, regexp_replace(lower(a.title), '^the |[^\p{L}\p{N}]', '', 'g') AS title,
           regexp_replace(regexp_replace(lower(a.site), '\.(com|org|net|co|gov)?\.?[a-z]{2,}$', ''), '^(www\.|the)|[^\p{L}\p{N}]', '', 'g') AS site
    FROM checked_articles AS a
    WHERE a.title IS NOT NULL AND a.site IS NOT NULL
)
SELECT article_id FROM named WHERE title = '' OR jaro_winkler_similarity(title, site) >= $least_likeness;
