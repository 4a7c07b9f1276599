-- severity: warn
-- No short article is the page that a host shows to robots.
-- scope: row
-- runbook: walls
-- flag: block_page
-- setting: most_characters = 1500 (such pages are short)
-- setting: most_share = 0.05 (healthy sources have none)
-- setting: least_articles = 10 (a share of fewer says little)
SELECT a.article_id
FROM checked_articles AS a
WHERE length(a.text) < $most_characters
  AND regexp_matches(
      coalesce(a.title, '') || chr(10) || a.text,
      'access (to this page has been |is |was )?denied|are you a (robot|human)|verify (that )?you are (a )?human|unusual (traffic|activity) from your|complete the captcha|enable javascript (and cookies )?to continue|checking your browser',
      'i'
  );
