-- How do outlets word the same sentence, and which words differ?
SELECT speaker, site, wording, other_site, other_wording, kinds, difference
FROM wordings
WHERE NOT list_contains(kinds, 'exact')
ORDER BY utterance_id, site, other_site
LIMIT 10;
