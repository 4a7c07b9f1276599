-- severity: warn
-- Other outlets credit a source's quotations to the same people as it does, as often as before.
-- scope: source
-- runbook: speakers
-- setting: most_rise = 0.1 (share of wordings that another outlet credits to another person; a few in a hundred are common)
-- setting: least_wordings = 20 (a share of fewer says little)
WITH newest AS MATERIALIZED (
    SELECT article_id FROM checked_articles WHERE run_id = (SELECT max(run_id) FROM recent_articles)
), compared AS (
    SELECT w.article_id AS article_id, list_contains(w.kinds, 'speaker') AS is_conflict FROM meta.wording_pairs AS w
    WHERE w.seen_on >= coalesce(getvariable('recent_since')::TIMESTAMPTZ, '-infinity')::DATE
    UNION ALL
    SELECT w.other_article_id, list_contains(w.kinds, 'speaker') FROM meta.wording_pairs AS w
    WHERE w.seen_on >= coalesce(getvariable('recent_since')::TIMESTAMPTZ, '-infinity')::DATE
), counted AS (
    SELECT
        r.source_id,
        r.article_id IN (FROM newest) AS is_new,
        count(*) AS wording_count,
        count(*) FILTER (c.is_conflict) AS conflict_count
    FROM recent_articles AS r JOIN compared AS c ON c.article_id = r.article_id
    GROUP BY ALL
), shares AS (
    SELECT
        source_id,
        sum(conflict_count) FILTER (is_new) / sum(wording_count) FILTER (is_new) AS observed,
        sum(conflict_count) FILTER (NOT is_new) / sum(wording_count) FILTER (NOT is_new) AS before,
        sum(wording_count) FILTER (is_new) AS new_count,
        sum(wording_count) FILTER (NOT is_new) AS old_count
    FROM counted
    GROUP BY source_id
)
SELECT source_id, observed, format('at most {:.2f}', before + $most_rise) AS expected, observed <= before + $most_rise AS is_passed
FROM shares
WHERE new_count >= $least_wordings AND old_count >= $least_wordings;
