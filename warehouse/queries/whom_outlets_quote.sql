-- Whom does each outlet quote most, and how large is that share of its quotations?
WITH counted AS (
    SELECT coalesce(a.site, a.source_id) AS site, s.speaker, count(*) AS quote_count
    FROM quote_speakers AS s
    JOIN articles AS a ON a.article_id = s.article_id
    GROUP BY ALL
)
SELECT site, speaker, quote_count, round(quote_count / sum(quote_count) OVER (PARTITION BY site), 2) AS share
FROM counted
QUALIFY row_number() OVER (PARTITION BY site ORDER BY quote_count DESC, speaker) <= 3
ORDER BY site, quote_count DESC, speaker;
