-- What became of the pages of the source that came after its last article.
WITH since AS (
    SELECT outcome, CASE WHEN outcome = 'rejected' THEN split_part(detail, ':', 1) END AS why, count(*) AS page_count
    FROM meta.pages
    WHERE source_id = {source} AND fetched_at > (
        SELECT max(first_seen_at) FROM articles WHERE source_id = {source} AND first_seen_at <= now()
    )
    GROUP BY ALL
)
SELECT CASE
    WHEN count(*) = 0 THEN 'no page of it came since then: nothing new is listed, or no run asked for it'
    ELSE 'pages since then: ' || string_agg(concat_ws(' ', page_count, outcome, why), ', ' ORDER BY page_count DESC, outcome, why)
END AS cause
FROM since;
