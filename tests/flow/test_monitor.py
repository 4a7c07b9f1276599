"""Watching a real warehouse: what is read of the past, what is written, and the same over stored
history.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.commands.monitor import with_thresholds
from flows.settings import SettingsError
from flows.steps.monitor import backtest, watch
from flows.steps.request import Request
from flows.steps.source_history import read_sources_past
from flows.watch.settings import MonitorSettings
from flows.watch.verdicts import FIELD, FIELD_CAUSES, query_of
from tests.beaten_once import beaten_once
from tests.flow.pages import ask, file_of, html_page, ingest, request, write_facts
from warehouse.connect import open_writer
from warehouse.publish import publish
from warehouse.sql import fetch_named

pytestmark = pytest.mark.usefixtures("unlinked", "unpublished")

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SILENT_SINCE = NOW - timedelta(days=2)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Request:
    """A warehouse whose one source brought an article an hour for fifty days, and then none for
    two; the last week's without authors. Tests read it.
    """
    tmp_path = tmp_path_factory.mktemp("silent")
    page = tmp_path / "quay.html"
    page.write_text(
        html_page("Port Ellery widens its quay", url="https://tide.example/quay"), encoding="utf-8"
    )
    asked = request(tmp_path, page)
    ingest(asked)
    with open_writer(asked.warehouse, 5, print) as connection:
        connection.execute(
            """
            INSERT INTO articles
            SELECT a.* REPLACE (
                substr(sha256(n::VARCHAR), 1, 16) AS article_id, 'tide' AS source_id, a.text ||
                    chr(10) || n AS text,
                ?::TIMESTAMPTZ - to_hours(n::BIGINT) AS first_seen_at, ?::TIMESTAMPTZ -
                    to_hours(n::BIGINT) AS last_seen_at,
                CASE WHEN n < 48 THEN [] ELSE ['Ines Okonjo-Vale'] END AS authors
            )
            FROM articles AS a, range(1200) AS r(n)
            """,
            [SILENT_SINCE, SILENT_SINCE],
        )
        connection.execute("DELETE FROM articles WHERE source_id <> 'tide'")
        write_facts(connection)
    publish(asked.warehouse, 5, print)
    return asked


def test_a_look_finds_the_silence_tells_it_at_the_second_look_and_writes_figures(
    asked: Request, tmp_path: Path
) -> None:
    asked = replace(asked, warehouse=Path(shutil.copy(file_of(asked), tmp_path)))
    with beaten_once("flows.steps.monitor"):
        watched = watch(asked, MonitorSettings(), NOW)
    failed = {r.check.name for r in watched.results if r.is_failed}
    assert "source_is_heard" in failed
    (silence,) = (r for r in watched.results if r.check.name == "source_is_heard")
    assert silence.cause is not None
    assert silence.cause.startswith("no page of it came since then")
    (tide,) = watched.standings
    assert (tide.source_id, tide.last_at, tide.is_late) == ("tide", SILENT_SINCE, True)
    assert tide.hours_since == 48
    assert tide.expected_since == pytest.approx(48, rel=0.1)
    states = "SELECT DISTINCT state FROM meta.incidents WHERE check_name = 'source_is_heard'"
    assert ask(asked.warehouse, states) == [("pending",)]
    watch(asked, MonitorSettings(), NOW + timedelta(hours=1))
    assert ask(asked.warehouse, states) == [("open",)]
    written = (
        "SELECT metric, value FROM meta.metrics WHERE metric LIKE 'monitor.%' AND "
        "measured_at = ? ORDER BY metric"
    )
    assert dict(ask(asked.warehouse, written, NOW)) == {
        "monitor.articles_24h": 0,
        "monitor.expected_since_last": tide.expected_since,
        "monitor.hours_since_last": 48,
    }


def test_the_past_is_read_as_it_was(asked: Request) -> None:
    with open_writer(asked.warehouse, 5, print) as connection:
        (then,) = read_sources_past(connection, SILENT_SINCE - timedelta(days=3))
        (now,) = read_sources_past(connection, NOW)
    assert then.counts.articles[-24:].tolist() == [1.0] * 24
    assert now.counts.articles[-49:].tolist() == [1.0] + [0.0] * 48
    assert then.days[-1].filled["authors"] == 24
    assert [day.filled.get("authors") for day in now.days[-5:]] == [24, 0, 0, None, None]
    assert then.days[-1].filled["own_last_line"] == 24
    assert then.days[-1].filled["quotes"] == 0  # the copies have no quotations of their own
    assert then.days[-1].filled["named_speakers"] == 24
    assert then.days[-1].filled["own_first_line"] == 0


def test_each_field_that_is_compared_stands_in_the_sql_of_its_message_with_a_cause(
    asked: Request,
) -> None:
    with open_writer(asked.warehouse, 5, print) as connection:
        (source,) = read_sources_past(connection, SILENT_SINCE)
        shown = fetch_named(connection.execute(query_of(FIELD, "tide")))
    newest = source.days[-1]
    shares = {name: value for name, value in shown[1].items() if name in FIELD_CAUSES}
    assert set(newest.filled) == set(FIELD_CAUSES) == set(shares)
    assert shares == {"own_first_line": 0.0} | {
        name: newest.filled[name] / newest.article_count for name in shares
    }


def test_a_backtest_tells_what_other_thresholds_would_have_and_changes_nothing(
    asked: Request,
) -> None:
    before = file_of(asked).read_bytes()
    day = timedelta(hours=12)
    found = backtest(asked, MonitorSettings(), NOW - timedelta(days=4), NOW, day)
    heard = [
        (alert.opened_at, alert.resolved_at)
        for alert in found
        if alert.check_name == "source_is_heard"
    ]
    assert heard == [(SILENT_SINCE + day, None)]
    deaf = with_thresholds(MonitorSettings(), ["silent_articles=100", "low_share=0.01"])
    assert [
        a
        for a in backtest(asked, deaf, NOW - timedelta(days=4), NOW, day)
        if a.check_name == "source_is_heard"
    ] == []
    assert file_of(asked).read_bytes() == before


@pytest.mark.parametrize("given", ["silence=4", "fall=much", "fall=3"])
def test_a_threshold_that_is_none_is_refused(given: str) -> None:
    with pytest.raises(SettingsError, match="--set"):
        with_thresholds(MonitorSettings(), [given])
