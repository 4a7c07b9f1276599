-- severity: warn
-- What is cut of a source's pages does not rise: a new banner, or a layout that lets everything in.
-- scope: source
-- runbook: banners
-- setting: most_rise = 0.15 (share of characters cut; from day to day it moves by a few points)
-- setting: least_articles = 10 (a share of fewer says little)
WITH shares AS (
    SELECT
        r.source_id,
        r.article_id IN (SELECT article_id FROM checked_articles) AND r.run_id = (SELECT max_by(run_id, load_number) FROM meta.runs SEMI JOIN recent_facts USING (run_id)) AS is_new,
        r.cut_count AS characters,
        r.kept_count AS kept
    FROM recent_facts AS r
), compared AS (
    SELECT
        source_id,
        sum(characters) FILTER (is_new) / sum(characters + kept) FILTER (is_new) AS observed,
        sum(characters) FILTER (NOT is_new) / sum(characters + kept) FILTER (NOT is_new) AS before,
        count(*) FILTER (is_new) AS new_count,
        count(*) FILTER (NOT is_new) AS old_count
    FROM shares
    GROUP BY source_id
)
SELECT source_id, observed, format('at most {:.2f}', before + $most_rise) AS expected, observed <= before + $most_rise AS is_passed
FROM compared
WHERE new_count >= $least_articles AND old_count >= $least_articles;
