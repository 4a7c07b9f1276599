-- Which outlets print the same quotations?
SELECT least(site, other_site) AS site, greatest(site, other_site) AS other_site, count(DISTINCT utterance_id) AS utterance_count
FROM wordings
WHERE site <> other_site
GROUP BY ALL
ORDER BY utterance_count DESC, site, other_site
LIMIT 10;
