-- severity: warn
-- Of a source's last pages few are rejected for one reason: walls, missing pages, section fronts, pages that are empty or too short.
-- scope: source
-- runbook: walls
-- setting: most_share = 0.2 (some dead links and fronts are usual; a fifth of the pages for one reason is not)
-- setting: least_pages = 10 (a share of fewer says little)
-- setting: looked_at = 50 (the last pages of a source: enough to tell, few enough to see a change on the same day)
WITH pages_of_month AS MATERIALIZED (
    SELECT source_id, coalesce(load_number, 0) AS load_number, position, CASE WHEN outcome = 'rejected' THEN split_part(detail, ':', 1) END AS reason
    FROM meta.pages LEFT JOIN (SELECT run_id, load_number FROM meta.runs) USING (run_id)
    WHERE outcome IN ('loaded', 'rejected')
        -- older pages tell nothing of today
        AND fetched_at > (SELECT least(max(fetched_at), now()) FROM checked_pages) - INTERVAL 30 DAY
        AND source_id IN (SELECT source_id FROM checked_pages WHERE outcome IN ('loaded', 'rejected'))
), last_loads AS (
    -- those that gave the last pages: to sort all pages costs as much as there are
    SELECT source_id, load_number
    FROM pages_of_month
    GROUP BY source_id, load_number
    QUALIFY sum(count(*)) OVER (PARTITION BY source_id ORDER BY load_number DESC) - count(*) < $looked_at
), last_pages AS (
    SELECT source_id, reason
    FROM pages_of_month SEMI JOIN last_loads USING (source_id, load_number)
    QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY load_number DESC, position DESC) <= $looked_at
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
