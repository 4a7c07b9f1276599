-- Which words does one outlet quote that another prints as its own?
SELECT
    coalesce(a.site, a.source_id) AS site,
    substr(a.text, n.char_start + 1, n.char_end - n.char_start) AS narrated,
    u.text AS quoted_elsewhere
FROM narrations AS n
JOIN articles AS a ON a.article_id = n.article_id
JOIN utterances AS u ON u.utterance_id = n.utterance_id
ORDER BY site, n.char_start
LIMIT 10;
