-- severity: warn
-- Of a source's last pages few are rejected for one reason: walls, missing pages, section fronts, pages that are empty or too short.
-- scope: source
-- runbook: walls
-- setting: most_share = 0.2 (some dead links and fronts are usual; a fifth of the pages for one reason is not)
-- setting: least_pages = 10 (a share of fewer says little)
-- setting: looked_at = 50 (the last pages of a source: enough to tell, few enough to see a change on the same day)
WITH last_pages AS (
    -- the last pages are picked as the rows pass by: to sort all pages costs as much as there are
    SELECT source_id, unnest(arg_max(
        CASE WHEN outcome = 'rejected' THEN coalesce(split_part(detail, ':', 1), '') ELSE '' END,
        coalesce(load_number, 0) * 4_294_967_296 + position, $looked_at::BIGINT)) AS reason
    FROM meta.pages LEFT JOIN (SELECT run_id, load_number FROM meta.runs) USING (run_id)
    WHERE outcome IN ('loaded', 'rejected')
        -- older pages tell nothing of today
        AND fetched_at > (SELECT least(max(fetched_at), now()) FROM checked_pages) - INTERVAL 30 DAY
        AND source_id IN (SELECT source_id FROM checked_pages WHERE outcome IN ('loaded', 'rejected'))
    GROUP BY source_id
), counted AS (
    SELECT source_id, count(*) AS page_count FROM last_pages GROUP BY source_id
)
SELECT l.source_id, l.reason AS dimension, count(*) AS rejected_count, any_value(c.page_count) AS page_count,
       count(*) / any_value(c.page_count) AS observed, 'at most $most_share' AS expected
FROM last_pages AS l
JOIN counted AS c ON c.source_id = l.source_id
WHERE l.reason IN ('cookie_wall', 'login_wall', 'block_page', 'not_found', 'section_front', 'listing_page', 'product_page',
                   'business_page', 'empty', 'too_short', 'needs_javascript', 'unlike_before', 'repeated_text')
GROUP BY l.source_id, l.reason
HAVING any_value(c.page_count) >= $least_pages AND observed > $most_share;
