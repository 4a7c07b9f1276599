-- What the articles of each source and day were like; day 0 is the 24 hours that end at `$now`. A first or last line that another article of
-- the source has too is not its own: that is what a banner leaves.
WITH seen AS (
    SELECT
        article_id, source_id, page_id, run_id, title, authors, published_at, flags, word_count,
        floor(epoch($now::TIMESTAMPTZ - first_seen_at) / 86400)::BIGINT AS days_ago
    FROM articles
    WHERE first_seen_at > $now::TIMESTAMPTZ - to_days($days) AND first_seen_at <= $now::TIMESTAMPTZ
), quoted AS (
    SELECT article_id, bool_and(speaker IS NOT NULL AND lower(speaker) NOT IN ('he', 'she', 'they', 'it', 'i', 'we', 'who', 'you')) AS has_names
    FROM meta.quote_rows SEMI JOIN seen USING (article_id)
    WHERE kind <> 'indirect'
    GROUP BY article_id
), marked AS (
    SELECT
        s.*,
        q.article_id IS NOT NULL AS has_quotes,
        coalesce(q.has_names, true) AS has_names,
        count(*) OVER (PARTITION BY s.source_id, f.first_line_key) = 1 AS has_own_first_line,
        count(*) OVER (PARTITION BY s.source_id, f.last_line_key) = 1 AS has_own_last_line
    FROM seen AS s
    JOIN meta.article_facts AS f ON f.article_id = s.article_id
    LEFT JOIN quoted AS q ON q.article_id = s.article_id
)
SELECT
    source_id,
    days_ago,
    count(*) AS article_count,
    count(*) FILTER (title IS NOT NULL) AS title,
    count(*) FILTER (len(authors) > 0) AS authors,
    count(*) FILTER (published_at IS NOT NULL) AS published_at,
    count(*) FILTER (NOT list_has_any(flags, ['date_future', 'date_early', 'date_is_now', 'date_midnight', 'date_conflict'])) AS sound_date,
    count(*) FILTER (has_quotes) AS quotes,
    count(*) FILTER (has_names) AS named_speakers,
    count(*) FILTER (has_own_first_line) AS own_first_line,
    count(*) FILTER (has_own_last_line) AS own_last_line,
    median(word_count) AS median_words
FROM marked
GROUP BY ALL
ORDER BY source_id, days_ago DESC;
