-- Whose texts do outlets print, how many, and how much of them?
SELECT original_site, copy_site, count(*) AS copy_count, round(avg(shared), 2) AS shared, count(*) FILTER (is_title_changed) AS changed_headlines
FROM copies
GROUP BY ALL
ORDER BY copy_count DESC, original_site, copy_site
LIMIT 20;
