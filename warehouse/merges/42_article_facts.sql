-- What checks compare of the run's articles, so that later runs need not read their texts.
-- needs: replaced_numbers
DELETE FROM meta.article_facts WHERE rowid IN (SELECT fact_row FROM replaced_numbers);

INSERT INTO meta.article_facts
WITH cut AS (
    SELECT article_id, sum(length(text))::BIGINT AS cut_count
    FROM meta.boilerplate_rows
    WHERE article_number >= getvariable('first_article_number')
    GROUP BY article_id
)
SELECT
    a.article_id, a.source_id, a.run_id, a.first_seen_at, a.last_seen_at, a.language, length(a.text), coalesce(c.cut_count, 0),
    substr(md5(lower(a.text)), 1, 16), substr(md5(split_part(a.text, chr(10), 1)), 1, 16), substr(md5(split_part(a.text, chr(10), -1)), 1, 16),
    coalesce(a.published_at, a.first_seen_at)::DATE, n.article_number, (md5_number_lower(a.article_id) >> 1)::BIGINT
FROM fresh_articles AS a
JOIN numbered_articles AS n ON n.article_id = a.article_id
LEFT JOIN cut AS c ON c.article_id = a.article_id
ORDER BY a.article_id;
