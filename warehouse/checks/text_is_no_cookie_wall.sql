-- severity: warn
-- No short article speaks of consent to cookies: that is the wall before it.
-- scope: row
-- runbook: walls
-- flag: cookie_wall
-- setting: most_characters = 1500 (walls are short; a long text that speaks of cookies is about them)
-- setting: most_share = 0.05 (healthy sources have none; one page in twenty is more than a slip)
-- setting: least_articles = 10 (a share of fewer says little)
SELECT a.article_id
FROM checked_articles AS a
WHERE length(a.text) < $most_characters
  AND regexp_matches(a.text, '(accept|reject|manage) (all )?(cookies|preferences)|we (and our partners|use) (use |store )?cookies|your (cookie|privacy|consent) (settings|choices|preferences)|cookies (akzeptieren|zulassen)|accepter (les|tous les) cookies|aceptar (todas )?(las )?cookies', 'i');
