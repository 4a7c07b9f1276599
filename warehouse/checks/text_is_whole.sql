-- severity: warn
-- No article breaks off: its last line does not end in an ellipsis or in words that lead to the rest.
-- scope: row
-- runbook: layout
-- flag: truncated
-- setting: most_share = 0.1 (a tenth of a source breaking off is its feed or its layout, not its writers)
-- setting: least_articles = 10 (a share of fewer says little)
SELECT a.article_id
FROM checked_articles AS a
WHERE regexp_matches(a.text, '(\[?(…|\.\.\.)\]?|\b(read|see) (more|the (full|rest of the) (story|article))|continue reading|weiterlesen|lire la suite|leer más)\W*$', 'i');
