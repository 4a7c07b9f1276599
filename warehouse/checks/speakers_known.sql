-- severity: warn
-- Few of a source's quotations in English have no speaker, or only a pronoun.
-- scope: batch
-- runbook: speakers
-- setting: most_share = 0.35 (a well-known tagger leaves 26 % of the quotations in news without a name)
-- setting: least_quotes = 20 (a share of fewer says little)
WITH counted AS (
    SELECT
        a.source_id,
        count(*) AS quote_count,
        count(*) FILTER (q.speaker IS NULL) AS without_speaker,
        count(*) FILTER (lower(q.speaker) IN ('he', 'she', 'they', 'it', 'i', 'we', 'who', 'you')) AS pronoun_speaker
    FROM checked_quotes AS q
    JOIN checked_articles AS a ON a.article_id = q.article_id
    WHERE q.kind <> 'indirect' AND a.language = 'en'
    GROUP BY a.source_id
    HAVING count(*) >= $least_quotes
)
SELECT *, (without_speaker + pronoun_speaker) / quote_count AS observed, 'at most $most_share' AS expected, observed <= $most_share AS is_passed
FROM counted;
