-- severity: warn
-- Authors are names: no address, no "By" alone, no "ago", not the site's own name.
-- scope: row
-- runbook: layout
-- flag: author_junk
-- setting: most_share = 0.1 (a source whose bylines are read wrongly has it everywhere)
-- setting: least_articles = 10 (a share of fewer says little)
WITH named AS (
    SELECT a.article_id, a.site, unnest(a.authors) AS author FROM checked_articles AS a
)
SELECT DISTINCT article_id
FROM named
WHERE regexp_matches(author, '@|://|www\.|^(by|von|par|por|de)$|\bago\b|\d{4}|^\W*$', 'i')
   OR regexp_replace(lower(author), '[^\p{L}\p{N}]', '', 'g') = regexp_replace(lower(regexp_extract(site, '([^.]+)\.[^.]+$', 1)), '[^\p{L}\p{N}]', '', 'g');
