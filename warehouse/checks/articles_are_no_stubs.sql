-- severity: warn
-- Few articles of a source are the first lines before a paywall.
-- scope: row
-- runbook: walls
-- flag: stub
-- setting: most_share = 0.5 (sources that sell some articles stay below; one that sells all yields nothing to read)
-- setting: least_articles = 10 (a share of fewer says little)
SELECT a.article_id FROM checked_articles AS a WHERE list_contains(a.flags, 'stub');
