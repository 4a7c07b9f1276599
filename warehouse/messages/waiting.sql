-- Events that nobody was told of yet, each with its incident as it stands and what a person would look up first. $now is the time.
WITH waiting AS (
    FROM meta.notifications WHERE message_id IS NULL AND dropped IS NULL AND sent_at IS NULL
), outcomes AS (
    -- what became of the source's pages in the run that failed last
    SELECT
        i.incident_id, p.outcome, p.http_status,
        CASE WHEN p.outcome = 'rejected' THEN split_part(p.detail, ':', 1) END AS why, count(*) AS page_count
    FROM meta.incidents AS i
    JOIN meta.pages AS p ON p.run_id = i.last_run_id AND p.source_id = i.source_id
    WHERE i.incident_id IN (SELECT incident_id FROM waiting)
    GROUP BY ALL
), pages AS (
    SELECT
        incident_id,
        string_agg(concat_ws(' ', page_count, outcome, why, 'HTTP ' || http_status), ', ' ORDER BY page_count DESC, outcome, why) AS pages
    FROM outcomes
    GROUP BY incident_id
), versions AS (
    SELECT run_id, state, url, extractor_version, lag(extractor_version) OVER (ORDER BY started_at, run_id) AS version_before FROM meta.runs
), followers AS (
    SELECT
        f.parent_id,
        count(*) FILTER (f.source_id IS DISTINCT FROM p.source_id OR p.check_name = 'fetch_blocked') AS follower_count,
        -- what else is wrong with the same source is a symptom, told with the incident
        list({'check_name': f.check_name, 'dimension': f.dimension, 'observed': f.observed, 'expected': f.expected, 'unit': f.unit}
            ORDER BY f.opened_at, f.check_name, f.dimension)
            FILTER (f.source_id = p.source_id AND p.check_name <> 'fetch_blocked') AS symptoms
    FROM meta.incidents AS f JOIN meta.incidents AS p ON p.incident_id = f.parent_id
    WHERE f.state <> 'resolved'
    GROUP BY f.parent_id
), observed AS (
    SELECT i.incident_id, list(coalesce(c.observed, c.row_count) ORDER BY c.checked_at) AS "values"
    FROM meta.incidents AS i
    JOIN meta.checks AS c ON c.check_name = i.check_name AND c.source_id IS NOT DISTINCT FROM i.source_id
        AND c.dimension IS NOT DISTINCT FROM i.dimension AND c.is_passed IS NOT NULL
    WHERE i.incident_id IN (SELECT incident_id FROM waiting)
    GROUP BY i.incident_id
)
SELECT
    n.notification_id, n.event, n.due_at,
    i.incident_id, i.check_name, i.source_id, i.dimension, i.severity, i.state, i.owner, i.doc, i.runbook, i.query,
    i.opened_at, i.resolved_at, i.last_run_id, i.row_count, i.failure_count, i.is_flapping,
    i.observed, i.expected, i.unit, i.cause,
    i.history::VARCHAR AS history, i.examples::VARCHAR AS examples, o."values" AS observed_before,
    opened.notification_id AS opened_id, opened.created_at AS opened_created_at,
    opened.message_id AS opened_message_id, opened.sent_at AS opened_sent_at,
    p.pages, v.state AS run_state, v.url AS run_url, coalesce(f.follower_count, 0) AS follower_count, f.symptoms,
    CASE WHEN v.version_before <> v.extractor_version THEN v.extractor_version END AS new_version
FROM waiting AS n
JOIN meta.incidents AS i ON i.incident_id = n.incident_id
LEFT JOIN meta.notifications AS opened ON opened.incident_id = n.incident_id AND opened.event = 'opened'
LEFT JOIN pages AS p ON p.incident_id = n.incident_id
LEFT JOIN versions AS v ON v.run_id = i.last_run_id
LEFT JOIN followers AS f ON f.parent_id = n.incident_id
LEFT JOIN observed AS o ON o.incident_id = n.incident_id
ORDER BY i.severity, n.event, i.check_name, i.source_id, i.dimension, n.notification_id;
