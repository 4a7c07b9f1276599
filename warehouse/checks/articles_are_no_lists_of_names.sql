-- severity: warn
-- Few articles of a source are pages of names, which say little of who is spoken of together.
-- scope: row
-- runbook: layout
-- flag: entity_explosion
-- setting: most_share = 0.2 (sources of results and casts aside; more is a layout that lets lists in)
-- setting: least_articles = 10 (a share of fewer says little)
SELECT a.article_id FROM checked_articles AS a WHERE list_contains(a.flags, 'entity_explosion');
