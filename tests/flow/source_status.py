"""A generated warehouse in which much goes on: weeks of articles, a silent source, incidents,
quarantine, fetches. All invented.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from tests.flow.pages import write_facts
from tests.new_warehouse import new_warehouse
from warehouse.check import CheckResult
from warehouse.check_loader import Check
from warehouse.publish import publish
from warehouse.update_incidents import write_checks

NOW = datetime(2026, 3, 4, 15, 20, tzinfo=UTC)  # a Wednesday

HOSTILE = "</title><script>alert('quay')</script>"
"""What a page may hold where a name or a word is expected."""

MADE_DAYS = 60

FAIL = Check(
    "texts_are_whole", "fail", "An article's text is whole.", "SELECT 1", "source", "layout"
)
WARN = Check(
    "source_is_heard",
    "warn",
    "A source goes on bringing articles.",
    "SELECT 1",
    "source",
    "silent-sources",
)

FIELD = replace(WARN, name="fields_are_filled", runbook="layout", unit="share")

ARTICLES = """
    INSERT INTO articles BY NAME
    SELECT
        substr(sha256(name || n), 1, 16) AS article_id, 'https://' || name || '.example/' || n AS
            url, url AS canonical_url,
        name || '.example' AS site, name AS source_id, 'Quay news ' || n AS title,
            'Words of the quay.' AS text, [] AS authors,
        4 AS word_count, 'article' AS kind, [] AS keywords, '[]' AS images, [] AS corrections,
        article_id AS story_id, [] AS flags, article_id AS page_id, 'run-1' AS run_id, 'v1' AS
            extractor_version,
        $now::TIMESTAMPTZ - to_minutes((n * 1440 / a_day)::BIGINT + (hash(name || n) %
            120)::BIGINT) AS first_seen_at,
        first_seen_at AS last_seen_at
    FROM (
        SELECT 'source-' || lpad(s::VARCHAR, 2, '0') AS name, 6 + (s * 37) % 60 AS a_day, s FROM
            range($sources::BIGINT) AS r(s)
    ), range(66 * 60) AS m(n)
    WHERE n < a_day * $days AND NOT (s = 1 AND n < a_day * 3) AND NOT (s = 2 AND n // a_day BETWEEN
        10 AND 12 AND n % 4 > 0)
      AND NOT (isodow($now::TIMESTAMPTZ - to_minutes((n * 1440 / a_day)::BIGINT)) > 5 AND n % 2 = 0)
"""

AROUND = """
    INSERT INTO meta.runs
    SELECT 'run-' || n, 'ingest', 'loaded', $now::TIMESTAMPTZ - to_days(n::BIGINT),
        $now::TIMESTAMPTZ - to_days(n::BIGINT)
        + INTERVAL 90 SECOND, 400, 300, 60, 20, 20, 3, 'v1', NULL, 25 - n, NULL
    FROM range(1, 25) AS r(n);
    INSERT INTO meta.pages BY NAME
    SELECT
        'p' || r.n || '-' || p.n AS page_id, 'pages/' || r.n || '/' || p.n AS location, 'source-0'
            || p.n % 4 AS source_id,
        $now::TIMESTAMPTZ AS fetched_at, ['loaded', 'loaded', 'loaded', 'unchanged', 'duplicate',
            'rejected'][1 + p.n % 6] AS outcome,
        CASE WHEN p.n % 6 = 5 THEN ['cookie_wall: asks for consent', 'fetch_404: gone'][1 + p.n //
            6 % 2] END AS detail,
        'v1' AS extractor_version, p.n + 1 AS position, 'run-' || r.n AS run_id
    FROM range(1, 25) AS r(n), range(120) AS p(n) WHERE p.n < 60 + (r.n * 7) % 60;
    INSERT INTO meta.boilerplate_rows
    SELECT page_id, article_id, n,
        ['related_links', 'navigation', 'byline', 'donation_banner', 'newsletter_teaser',
            'advertisement', 'site_repeat'][1 +
             (n * n + (hash(article_id) % 3)::BIGINT) % 7],
        'html.rule', 'Words.', 0
    FROM articles, range(4) AS r(n) WHERE first_seen_at > $now::TIMESTAMPTZ - INTERVAL 40 DAY;
    INSERT INTO meta.quarantine
    SELECT 'quotes', 'q' || n, 'offsets', 'char_end lies after the text, said of ' || $hostile,
        '{}', 'p1-1', 'run-1',
        CASE WHEN n % 3 = 0 THEN $now::TIMESTAMPTZ END
    FROM range(5) AS r(n);
    INSERT INTO meta.fetches BY NAME
    SELECT 'https://' || host || '/' || n AS url, url AS url_key, 'page' AS kind, 'source-00' AS
        source_id, host, url AS final_url,
        $now::TIMESTAMPTZ - to_hours(n::BIGINT) AS fetched_at, CASE WHEN n % fails = 0 THEN outcome
            ELSE 'ok' END AS outcome,
        1000 AS transferred_count, slow * (1 + n % 5) AS seconds, 1 AS attempt_count, 'log' AS
            log_file, n AS log_offset, 'run-1' AS run_id
    FROM (VALUES ('harbour.example', 4, 'fetch_timeout_read', 3.1), ('tide.example', 1000, 'ok',
        0.2),
        ('pier.example', 2, 'fetch_403', 0.4), ($hostile, 50, 'fetch_404', 0.1)) AS h(host, fails,
            outcome, slow), range(200) AS r(n);
    INSERT INTO meta.hosts (host, failure_count, rest_count, left_alone_until_at, run_id, cut_count)
    VALUES ('pier.example', 9, 2, $now::TIMESTAMPTZ + INTERVAL 6 HOUR, 'run-1', 0);
"""


def build(warehouse: Path, sources: int = 4) -> Path:
    """Make the warehouse as it stands at NOW, publish it, and return it. Source-01 is silent for
    three days, source-02 was low.
    """
    with duckdb.connect(str(new_warehouse(warehouse))) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(ARTICLES, {"now": NOW, "days": MADE_DAYS, "sources": sources})
        write_facts(connection)
        for statement in AROUND.split(";\n"):
            if statement.strip():
                values = {"now": NOW, "hostile": HOSTILE}
                connection.execute(
                    statement,
                    {name: value for name, value in values.items() if f"${name}" in statement},
                )
        examples = (
            {"url": "javascript:alert(1)", "title": HOSTILE},
            {"url": "https://source-00.example/7", "title": "Quay, part 7"},
        )
        broken = CheckResult(
            FAIL,
            "failed",
            12,
            examples,
            "source-00",
            "sound_date",
            0.4,
            "about 0.98",
            (0.99, 0.98, 0.4),
            f"new layout {HOSTILE}",
        )
        silent = CheckResult(
            WARN,
            "failed",
            1,
            (),
            "source-01",
            observed=0.0,
            expected="at most 7 expected since the last one",
        )
        few = CheckResult(FIELD, "failed", 9, (), "source-01", "authors", 0.1234, "about 98 %")
        over = CheckResult(WARN, "failed", 1, (), "source-02", observed=5.0, expected="20 to 44")
        well = CheckResult(WARN, "passed", 0, (), "source-02")
        for n, found in enumerate(
            ((over,), (over,), (well,), (well,), (silent, broken, few), (silent, broken, few))
        ):
            write_checks(
                connection, f"look-{n}", found, NOW - timedelta(days=12 - 2 * n if n < 5 else 1)
            )
    publish(warehouse, 5, print)
    return warehouse
