-- severity: warn
-- No text has lost letters to a wrong encoding.
-- scope: row
-- runbook: encoding
-- flag: mojibake
-- setting: most_share = 0.01 (a web archive has it in 1.5 % of its titles; a source that has it has it everywhere)
-- setting: least_articles = 10 (a share of fewer says little)
SELECT a.article_id
FROM checked_articles AS a
WHERE list_contains(a.flags, 'mojibake')
   OR contains(a.text, '�')
   OR len(regexp_extract_all(coalesce(a.title, '') || chr(10) || a.text, 'Ã[\x{80}-\x{BF}]|â€')) >= 2;
