-- What the run measured, a row for each source and figure.
INSERT INTO meta.metrics
WITH loaded AS (
    SELECT w.article_id, w.page_id, a.source_id, a.word_count FROM current_versions AS w JOIN fresh_articles AS a ON a.article_id = w.article_id
), figures AS (
    SELECT source_id, 'pages.' || outcome AS metric, count(*) AS value FROM run_pages GROUP BY ALL
    UNION ALL
    SELECT source_id, 'articles', count(*) FROM loaded GROUP BY ALL
    UNION ALL
    SELECT source_id, 'words', sum(word_count) FROM loaded GROUP BY ALL
    UNION ALL
    SELECT l.source_id, 'quotes.' || q.kind, count(*) FROM meta.quote_rows AS q JOIN loaded AS l ON l.article_id = q.article_id
    WHERE q.article_number >= getvariable('first_article_number') GROUP BY ALL
    UNION ALL
    SELECT l.source_id, 'quotes.no_speaker', count(*) FROM meta.quote_rows AS q JOIN loaded AS l ON l.article_id = q.article_id
    WHERE q.article_number >= getvariable('first_article_number') AND q.speaker IS NULL GROUP BY ALL
    UNION ALL
    SELECT l.source_id, 'mentions', count(*) FROM meta.mention_rows AS m JOIN loaded AS l ON l.article_id = m.article_id
    WHERE m.article_number >= getvariable('first_article_number') GROUP BY ALL
    UNION ALL
    SELECT l.source_id, 'stripped.' || b.reason, count(*) FROM meta.boilerplate_rows AS b JOIN loaded AS l ON l.page_id = b.page_id
    WHERE b.article_number >= getvariable('first_article_number') GROUP BY ALL
    UNION ALL
    SELECT coalesce(source_id, 'unknown'), 'fetches.' || outcome, count(*) FROM staged_fetches WHERE kind <> 'robots' GROUP BY ALL
    UNION ALL
    SELECT coalesce(source_id, 'unknown'), 'fetched_bytes', sum(transferred_count) FROM staged_fetches WHERE kind <> 'robots' GROUP BY ALL
    UNION ALL
    SELECT r.source_id, 'quarantined', count(*) FROM staged_quarantine AS q JOIN run_pages AS r ON r.page_id = q.page_id GROUP BY ALL
)
SELECT getvariable('run_id'), source_id, metric, sum(value)::DOUBLE, getvariable('now')::TIMESTAMPTZ
FROM figures
GROUP BY source_id, metric
ORDER BY source_id, metric;
