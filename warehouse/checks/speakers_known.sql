-- severity: warn
-- Under 35 % of a source's quotations in English have no speaker or only a pronoun (sources with 20 or more; CoreNLP leaves 26 % on news).
-- scope: batch
-- runbook: speakers
WITH counted AS (
    SELECT
        a.source_id,
        count(*) AS quote_count,
        count(*) FILTER (q.speaker IS NULL) AS without_speaker,
        count(*) FILTER (lower(q.speaker) IN ('he', 'she', 'they', 'it', 'i', 'we', 'who', 'you')) AS pronoun_speaker
    FROM quotes AS q
    JOIN checked_articles AS a ON a.article_id = q.article_id
    WHERE q.kind <> 'indirect' AND a.language = 'en'
    GROUP BY a.source_id
    HAVING count(*) >= 20
)
SELECT *, (without_speaker + pronoun_speaker) / quote_count AS observed, 'at most 0.35' AS expected, observed <= 0.35 AS is_passed
FROM counted;
