-- Since when has each source brought nothing?
SELECT
    s.source_id,
    s.name,
    max(a.first_seen_at)::VARCHAR AS last_article_at,
    round(date_diff('minute', max(a.first_seen_at), (SELECT max(first_seen_at) FROM articles)) / 60, 1) AS hours_behind_the_newest
FROM sources AS s
LEFT JOIN articles AS a ON a.source_id = s.source_id
WHERE s.is_enabled
GROUP BY ALL
ORDER BY hours_behind_the_newest DESC NULLS FIRST, s.source_id;
