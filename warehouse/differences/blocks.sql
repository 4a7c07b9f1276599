-- Blocks that the judged pages would lose or get back, and those that would go for another reason.
WITH fresh AS (
    SELECT page_id, text, min(reason) AS reason, min(rule) AS rule FROM staged_boilerplate GROUP BY page_id, text
), present AS (
    SELECT page_id, text, min(reason) AS reason, min(rule) AS rule FROM boilerplate SEMI JOIN judged_pages USING (page_id) GROUP BY page_id, text
), paired AS (
    SELECT page_id, text, f.reason AS new_reason, f.rule AS new_rule, p.reason AS old_reason, p.rule AS old_rule
    FROM fresh AS f FULL JOIN present AS p USING (page_id, text)
)
SELECT
    CASE WHEN b.old_reason IS NULL THEN 'block stripped' WHEN b.new_reason IS NULL THEN 'block restored' ELSE 'block renamed' END AS kind,
    j.article_id,
    j.url,
    CASE
        WHEN b.old_reason IS NULL THEN format('{} ({}): {}', b.new_reason, b.new_rule, b.text)
        WHEN b.new_reason IS NULL THEN format('was {} ({}): {}', b.old_reason, b.old_rule, b.text)
        ELSE format('{} → {}: {}', b.old_reason, b.new_reason, b.text)
    END AS detail
FROM paired AS b
JOIN judged_pages AS j ON j.page_id = b.page_id
WHERE b.new_reason IS DISTINCT FROM b.old_reason;
