-- Quotations that the judged pages would win or lose, and those that would get another speaker. A quotation is told by its words.
WITH fresh AS (
    SELECT page_id, text, kind, min(speaker) AS speaker FROM staged_quotes GROUP BY page_id, text, kind
), present AS (
    SELECT j.page_id, q.text, q.kind, min(q.speaker) AS speaker
    FROM quotes AS q
    JOIN articles AS a ON a.article_id = q.article_id
    JOIN judged_pages AS j ON j.page_id = a.page_id
    GROUP BY j.page_id, q.text, q.kind
), paired AS (
    SELECT page_id, text, kind AS quote_kind, f.page_id IS NOT NULL AS is_fresh, p.page_id IS NOT NULL AS is_present,
           f.speaker AS new_speaker, p.speaker AS old_speaker
    FROM fresh AS f FULL JOIN present AS p USING (page_id, text, kind)
)
SELECT
    CASE WHEN NOT b.is_present THEN 'quote won' WHEN NOT b.is_fresh THEN 'quote lost' ELSE 'speaker changed' END AS kind,
    j.article_id,
    j.url,
    CASE
        WHEN NOT b.is_present THEN format('{}: {}', coalesce(b.new_speaker, 'nobody'), b.text)
        WHEN NOT b.is_fresh THEN format('{}: {}', coalesce(b.old_speaker, 'nobody'), b.text)
        ELSE format('{} → {}: {}', coalesce(b.old_speaker, 'nobody'), coalesce(b.new_speaker, 'nobody'), b.text)
    END AS detail
FROM paired AS b
JOIN judged_pages AS j ON j.page_id = b.page_id
WHERE NOT (b.is_fresh AND b.is_present AND b.new_speaker IS NOT DISTINCT FROM b.old_speaker);
