-- What became of the pages of the source in the last day of any page.
WITH lately AS (
    SELECT outcome, CASE WHEN outcome = 'rejected' THEN split_part(detail, ':', 1) END AS why, count(*) AS page_count
    FROM meta.pages
    WHERE source_id = {source} AND fetched_at > (SELECT least(max(fetched_at), now()) FROM meta.pages) - INTERVAL 1 DAY
    GROUP BY ALL
)
SELECT CASE
    WHEN count(*) = 0 THEN 'no page of it came in the last day: nothing new is listed, or no run asked for it'
    ELSE 'pages of the last day: ' || string_agg(concat_ws(' ', page_count, outcome, why), ', ' ORDER BY page_count DESC, outcome, why)
END AS cause
FROM lately;
