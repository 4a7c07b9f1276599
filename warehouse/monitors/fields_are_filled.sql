-- severity: warn
-- As many articles of a source as before have a title, authors, a sound date, quotations, named speakers, and a first and last line of their own.
-- scope: source
-- runbook: layout
-- unit: share
WITH newest AS (
    SELECT a.*, f.first_line_key, f.last_line_key
    FROM articles AS a
    JOIN meta.article_facts AS f ON f.article_id = a.article_id
    WHERE a.source_id = {source}
      AND a.first_seen_at > (SELECT least(max(first_seen_at), now()) FROM articles WHERE source_id = {source}) - INTERVAL 31 DAY
), quoted AS (
    SELECT article_id, bool_and(speaker IS NOT NULL AND lower(speaker) NOT IN ('he', 'she', 'they', 'it', 'i', 'we', 'who', 'you')) AS has_names
    FROM quotes
    WHERE kind <> 'indirect' AND article_id IN (SELECT article_id FROM newest)
    GROUP BY article_id
), marked AS (
    SELECT
        n.*,
        q.article_id IS NOT NULL AS has_quotes,
        coalesce(q.has_names, true) AS has_names,
        count(*) OVER (PARTITION BY n.first_line_key) = 1 AS has_own_first_line,
        count(*) OVER (PARTITION BY n.last_line_key) = 1 AS has_own_last_line
    FROM newest AS n
    LEFT JOIN quoted AS q ON q.article_id = n.article_id
)
SELECT
    CAST(timezone('UTC', first_seen_at) AS DATE) AS seen_on,
    count(*) AS article_count,
    round(avg((title IS NOT NULL)::INT), 3) AS title,
    round(avg((len(authors) > 0)::INT), 3) AS authors,
    round(avg((published_at IS NOT NULL)::INT), 3) AS published_at,
    round(avg((NOT list_has_any(flags, ['date_future', 'date_early', 'date_is_now', 'date_midnight', 'date_conflict']))::INT), 3) AS sound_date,
    round(avg(has_quotes::INT), 3) AS quotes,
    round(avg(has_names::INT), 3) AS named_speakers,
    round(avg(has_own_first_line::INT), 3) AS own_first_line,
    round(avg(has_own_last_line::INT), 3) AS own_last_line
FROM marked
GROUP BY seen_on
ORDER BY seen_on DESC
LIMIT 28;
