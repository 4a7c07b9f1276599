"""Incidents: a real DuckDB, rounds of results, and a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.new_warehouse import new_warehouse
from warehouse.check import CheckResult, Status
from warehouse.check_loader import Check
from warehouse.migrate import migrate, steps
from warehouse.update_incidents import update_incidents, write_checks

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
WARN = Check(
    "volume", "warn", "As many articles as expected.", "SELECT 1", "source", "volume", "desk"
)
FAIL = replace(WARN, name="offsets", severity="fail")
BLOCKED = replace(WARN, name="fetch_blocked", severity="fail")


class Watch:
    """A warehouse and its clock: `round` is an hour later than the one before."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection, self.now, self.count = connection, START, 0

    def round(self, *results: CheckResult, after: timedelta = timedelta(hours=1)) -> None:
        self.now += after
        self.count += 1
        write_checks(self.connection, f"run-{self.count:03}", results, self.now)

    def pass_time(self, after: timedelta) -> None:
        self.now += after
        update_incidents(self.connection, "none", (), self.now)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query).fetchall()

    def states(self) -> dict[str, str]:
        """Fingerprint → state of its last incident."""
        return dict(
            self.ask(
                "SELECT fingerprint, arg_max(state, opened_at) FROM meta.incidents GROUP BY ALL "
                "ORDER BY ALL"
            )
        )

    def told(self) -> list[tuple[str, str]]:
        """Fingerprint and event, in order."""
        rows = (
            "SELECT created_at, fingerprint, event FROM meta.notifications JOIN "
            "meta.incidents USING (incident_id) ORDER BY ALL"
        )
        return [(fingerprint, event) for _, fingerprint, event in self.ask(rows)]

    def send(self) -> None:
        """As delivery does."""
        self.connection.execute(
            "UPDATE meta.notifications SET sent_at = ? WHERE sent_at IS NULL", [self.now]
        )


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    with duckdb.connect(str(new_warehouse(tmp_path / "w.duckdb"))) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield Watch(connection)


def found(
    check: Check,
    status: Status,
    source: str | None = "tide",
    dimension: str | None = None,
    **facts: Any,
) -> CheckResult:
    return CheckResult(check, status, int(status == "failed"), (), source, dimension, **facts)


def test_a_warning_opens_at_its_second_failure_and_ends_at_its_second_pass(watch: Watch) -> None:
    seen = []
    for status in ("failed", "failed", "failed", "passed", "passed"):
        watch.round(found(WARN, status))
        seen.append(watch.states()["volume/tide/"])
    assert seen == ["pending", "open", "open", "open", "resolved"]
    assert watch.told() == [("volume/tide/", "opened"), ("volume/tide/", "resolved")]
    times = watch.ask(
        "SELECT opened_at, confirmed_at, last_failed_at, resolved_at, failure_count FROM "
        "meta.incidents"
    )
    assert times == [(*(START + timedelta(hours=n) for n in (1, 2, 3, 5)), 3)]


def test_a_fail_opens_at_once_and_a_failure_between_passes_keeps_it(watch: Watch) -> None:
    watch.round(found(FAIL, "failed"))
    assert watch.states() == {"offsets/tide/": "open"}
    for status in ("passed", "failed", "passed"):
        watch.round(found(FAIL, status))
    assert watch.states() == {"offsets/tide/": "open"}
    watch.round(found(FAIL, "passed"))
    assert watch.states() == {"offsets/tide/": "resolved"}
    watch.round(found(FAIL, "failed"))
    assert watch.told() == [("offsets/tide/", event) for event in ("opened", "resolved", "opened")]


def test_a_warning_that_failed_once_and_is_well_again_is_told_to_nobody(watch: Watch) -> None:
    for status in ("failed", "passed", "passed"):
        watch.round(found(WARN, status))
    assert watch.states() == {"volume/tide/": "resolved"}
    assert watch.told() == []


def test_missing_data_is_neither_pass_nor_failure(watch: Watch) -> None:
    watch.round(found(WARN, "unknown"))
    assert watch.states() == {}
    for status in ("failed", "unknown", "failed", "passed", "unknown"):
        watch.round(found(WARN, status))
    watch.round()
    watch.round(found(WARN, "passed", source="other"))
    assert watch.states() == {"volume/tide/": "open"}
    watch.round(found(WARN, "passed"))
    assert watch.states() == {"volume/tide/": "resolved"}


def test_dimensions_are_troubles_of_their_own(watch: Watch) -> None:
    for _ in range(2):
        watch.round(
            found(WARN, "failed", dimension="title"), found(WARN, "failed", dimension="date")
        )
    for _ in range(2):
        watch.round(found(WARN, "failed", dimension="date"), found(WARN, "passed", dimension="*"))
    assert watch.states() == {"volume/tide/date": "open", "volume/tide/title": "resolved"}


def test_the_last_failure_is_described(watch: Watch) -> None:
    watch.round(found(FAIL, "failed", observed=3.0, expected="12 to 30"))
    watch.round(
        found(
            FAIL,
            "failed",
            observed=2.0,
            expected="12 to 30",
            history=(20.0, float("nan"), 19.0),
            cause="HTTP 500",
            sql="SELECT 2",
        )
    )
    row = (
        "SELECT observed, expected, history::VARCHAR, cause, query, owner, runbook, doc, "
        "opened_run_id, last_run_id FROM meta.incidents"
    )
    assert watch.ask(row) == [
        (
            2.0,
            "12 to 30",
            "[20.0,null,19.0]",
            "HTTP 500",
            "SELECT 2",
            "desk",
            "volume",
            WARN.doc,
            "run-001",
            "run-002",
        )
    ]


THRICE: tuple[Status, ...] = ("failed", "passed", "passed", "passed")


def test_what_flaps_is_held_until_it_was_calm_for_a_day(watch: Watch) -> None:
    for _ in range(2):
        for status in ("failed", "passed", "passed"):
            watch.round(found(FAIL, status))
    assert watch.told() == [("offsets/tide/", event) for event in ("opened", "resolved") * 2]
    for _ in range(3):
        for status in THRICE:
            watch.round(found(FAIL, status))
    assert watch.ask("SELECT count(*) FROM meta.incidents WHERE is_flapping") == [(1,)]
    assert watch.told()[4:] == [("offsets/tide/", "opened")]
    watch.round(found(FAIL, "passed"), after=timedelta(hours=20))
    assert watch.states() == {"offsets/tide/": "open"}
    watch.round(found(FAIL, "passed"), after=timedelta(hours=5))
    assert watch.told()[5:] == [("offsets/tide/", "resolved")]


def test_three_openings_spread_over_weeks_are_no_flapping(watch: Watch) -> None:
    for _ in range(3):
        for status in ("failed", "passed", "passed"):
            watch.round(found(FAIL, status), after=timedelta(days=2))
    assert watch.ask("SELECT count(*) FROM meta.incidents WHERE is_flapping") == [(0,)]
    assert len(watch.told()) == 6


@pytest.mark.parametrize(
    ("failing", "judged", "is_one"), [(3, 9, True), (3, 10, False), (2, 4, False), (4, 4, True)]
)
def test_many_sources_failing_one_check_are_one_incident(
    watch: Watch, failing: int, judged: int, is_one: bool
) -> None:
    results = [found(FAIL, "failed", f"s{n}") for n in range(failing)]
    results += [found(FAIL, "passed", f"s{n}") for n in range(failing, judged)]
    watch.round(*results)
    each = [(f"offsets/s{n}/", "opened") for n in range(failing)]
    assert watch.told() == ([("offsets//many sources", "opened")] if is_one else each)
    watch.round(*results)
    assert len(watch.told()) == (1 if is_one else failing)


def test_what_is_left_when_the_many_are_well_is_told_by_itself(watch: Watch) -> None:
    watch.round(*(found(FAIL, "failed", f"s{n}") for n in range(4)))
    for _ in range(2):
        watch.round(
            found(FAIL, "failed", "s0"), *(found(FAIL, "passed", f"s{n}") for n in range(1, 4))
        )
    assert watch.told() == [
        ("offsets//many sources", "opened"),
        ("offsets//many sources", "resolved"),
        ("offsets/s0/", "opened"),
    ]
    assert watch.states()["offsets/s1/"] == "resolved"


def test_a_round_over_few_sources_does_not_end_what_many_had(watch: Watch) -> None:
    watch.round(*(found(FAIL, "failed", f"s{n}") for n in range(4)))
    for _ in range(3):
        watch.round(found(FAIL, "passed", "s0"))
    assert watch.states()["offsets//many sources"] == "open"
    assert watch.states()["offsets/s0/"] == "resolved"


def test_a_blocked_fetch_silences_what_follows_from_it(watch: Watch) -> None:
    watch.round(found(BLOCKED, "failed"), found(WARN, "failed"))
    watch.round(found(BLOCKED, "failed"), found(WARN, "failed"), found(FAIL, "failed", "other"))
    assert watch.states() == {
        "fetch_blocked/tide/": "open",
        "offsets/other/": "open",
        "volume/tide/": "open",
    }
    assert watch.told() == [("fetch_blocked/tide/", "opened"), ("offsets/other/", "opened")]
    for _ in range(2):
        watch.round(found(BLOCKED, "passed"), found(WARN, "failed"))
    assert watch.told()[2:] == [("fetch_blocked/tide/", "resolved"), ("volume/tide/", "opened")]


def test_an_open_incident_is_recalled_once_a_day_until_somebody_takes_it(watch: Watch) -> None:
    watch.round(found(FAIL, "failed"))
    watch.pass_time(timedelta(days=3))
    assert len(watch.told()) == 1, "its opening waits to be sent: a reminder would not be one"
    watch.send()
    for _ in range(30):
        watch.pass_time(timedelta(hours=1))
        watch.send()
    assert watch.told() == [("offsets/tide/", "opened"), ("offsets/tide/", "reminder")]
    watch.connection.execute("UPDATE meta.incidents SET state = 'acknowledged'")
    watch.pass_time(timedelta(days=2))
    assert len(watch.told()) == 2
    for _ in range(2):
        watch.round(found(FAIL, "passed"))
    assert watch.told()[2:] == [("offsets/tide/", "resolved")]


def test_a_snooze_ends_at_its_time(watch: Watch) -> None:
    watch.round(found(FAIL, "failed"))
    watch.send()
    watch.connection.execute(
        "UPDATE meta.incidents SET state = 'snoozed', snooze_ends_at = ?",
        [watch.now + timedelta(days=2)],
    )
    watch.round(found(FAIL, "failed"), after=timedelta(hours=47))
    assert watch.states() == {"offsets/tide/": "snoozed"}
    watch.pass_time(timedelta(hours=1))
    assert watch.states() == {"offsets/tide/": "open"}
    assert watch.told()[1:] == [("offsets/tide/", "reminder")]


def test_a_round_over_everything_tells_only_of_broken_rows_and_of_the_state_of_things(
    watch: Watch,
) -> None:
    row_fail, row_warn = replace(FAIL, scope="row"), replace(WARN, name="dates", scope="row")
    watch.round(found(row_fail, "failed"))
    for _ in range(2):
        results = (
            found(row_fail, "passed"),
            found(row_fail, "failed", "other"),
            found(row_warn, "failed"),
            found(WARN, "failed"),
        )
        write_checks(watch.connection, "check", results, watch.now, is_whole=True)
    assert watch.states() == {
        "offsets/tide/": "open",
        "offsets at rest/other/": "open",
        "volume/tide/": "open",
    }
    names = {name for (name,) in watch.ask("SELECT DISTINCT check_name FROM meta.checks")}
    assert names == {"offsets", "dates", "volume"}


def test_rounds_repeated_after_a_crash_tell_nothing_twice(watch: Watch) -> None:
    watch.round(found(FAIL, "failed"))
    update_incidents(watch.connection, "run-001", (), watch.now)
    update_incidents(watch.connection, "run-001", (), watch.now)
    assert watch.told() == [("offsets/tide/", "opened")]
    assert watch.ask(
        "SELECT count(*), count(DISTINCT notification_id) FROM meta.notifications"
    ) == [(1, 1)]


def test_incidents_of_an_older_layout_live_on() -> None:
    with duckdb.connect() as connection:
        connection.execute(steps()[0][1].text)
        connection.execute("INSERT INTO meta.migrations VALUES (1, 'tables', now(), '0')")
        for key, state in {"a": "open", "b": "resolved"}.items():
            row = [
                key * 16,
                "offsets",
                "offsets",
                None,
                "fail",
                state,
                2,
                START,
                START,
                START if state == "resolved" else None,
                "r0",
            ]
            connection.execute(
                "INSERT INTO meta.incidents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row
            )
            connection.execute(
                "INSERT INTO meta.checks VALUES ('r0', 'offsets', 'fail', false, 2, '[]', now())"
            )
            connection.execute(
                "INSERT INTO meta.notifications VALUES (?, ?, 'opened', 'log', 'it', ?, ?)",
                [key * 16, key * 16, START, START],
            )
        migrate(connection)
        watch = Watch(connection)
        for _ in range(2):
            watch.round(found(FAIL, "passed", None))
        assert watch.states() == {"offsets//": "resolved"}
        assert watch.told() == [
            ("offsets//", "opened"),
            ("offsets//", "opened"),
            ("offsets//", "resolved"),
            ("offsets//", "resolved"),
        ]


def test_many_checks_of_many_sources_are_one_round(watch: Watch) -> None:
    checks = [replace(WARN, name=f"check_{n}") for n in range(10)]
    results = tuple(
        found(check, "failed" if n % 50 == 7 else "passed", f"s{n}")
        for check in checks
        for n in range(100)
    )
    for _ in range(2):
        watch.round(*results)
    assert watch.ask("SELECT state, count(*) FROM meta.incidents GROUP BY ALL") == [("open", 20)]
    assert watch.ask("SELECT count(*) FROM meta.checks") == [(40,)]


OTHER = replace(WARN, name="fields_are_filled")
LAYOUT = replace(WARN, name="layout_is_known")
SILENT = replace(WARN, name="source_is_heard")


def test_one_source_with_many_symptoms_is_one_incident(watch: Watch) -> None:
    symptoms = [found(OTHER, "failed", dimension=name) for name in ("authors", "title")]
    for _ in range(2):
        watch.round(
            found(WARN, "failed"), found(SILENT, "failed"), *symptoms, found(LAYOUT, "failed")
        )
    assert watch.told() == [("layout_is_known/tide/", "opened")]
    followers = "SELECT fingerprint FROM meta.incidents WHERE parent_id IS NOT NULL ORDER BY 1"
    assert watch.ask(followers) == [
        ("fields_are_filled/tide/authors",),
        ("fields_are_filled/tide/title",),
        ("source_is_heard/tide/",),
        ("volume/tide/",),
    ]


def test_silence_explains_what_the_last_articles_lack(watch: Watch) -> None:
    for _ in range(2):
        watch.round(found(OTHER, "failed", dimension="authors"), found(SILENT, "failed"))
    assert watch.told() == [("source_is_heard/tide/", "opened")]


def test_silence_is_told_after_a_lesser_trouble(watch: Watch) -> None:
    for _ in range(2):
        watch.round(found(OTHER, "failed"))
    for _ in range(2):
        watch.round(found(OTHER, "failed"), found(SILENT, "failed"), after=timedelta(hours=20))
    watch.send()
    assert [name for name, event in watch.told() if event == "opened"] == [
        "fields_are_filled/tide/",
        "source_is_heard/tide/",
    ]
    watch.round(found(OTHER, "failed"), found(SILENT, "failed"), after=timedelta(days=2))
    reminders = [name for name, event in watch.told() if event == "reminder"]
    assert set(reminders) == {"source_is_heard/tide/"}


def test_a_symptom_of_a_symptom_belongs_to_the_first_cause(watch: Watch) -> None:
    first, second, third = (replace(WARN, name=name) for name in ("a_check", "b_check", "c_check"))
    rounds = ([first], [first, second], [first, second, third])
    for checks in rounds:
        for _ in range(2):
            watch.round(*(found(check, "failed") for check in checks), after=timedelta(days=1))
    assert [name for name, event in watch.told() if event == "opened"] == ["a_check/tide/"]
    parents = watch.ask("SELECT DISTINCT parent_id FROM meta.incidents WHERE parent_id NOT NULL")
    assert parents == watch.ask("SELECT incident_id FROM meta.incidents WHERE check_name='a_check'")


def test_what_outlives_the_first_trouble_is_told_by_itself(watch: Watch) -> None:
    for _ in range(2):
        watch.round(found(LAYOUT, "failed"), found(WARN, "failed"))
    for _ in range(2):
        watch.round(found(LAYOUT, "passed"), found(WARN, "failed"))
    assert watch.told()[1:] == [
        ("layout_is_known/tide/", "resolved"),
        ("volume/tide/", "opened"),
    ]


@pytest.mark.parametrize(
    "later",
    [found(replace(OTHER, severity="fail"), "failed"), found(OTHER, "failed", "other")],
    ids=["a failure", "another source"],
)
def test_what_is_no_symptom_is_told(watch: Watch, later: CheckResult) -> None:
    for _ in range(2):
        watch.round(found(LAYOUT, "failed"), later)
    assert len(watch.told()) == 2


def test_a_trouble_that_begins_days_later_is_told(watch: Watch) -> None:
    for _ in range(2):
        watch.round(found(WARN, "failed"))
    watch.round(found(WARN, "failed"), found(OTHER, "failed"), after=timedelta(days=4))
    watch.round(found(WARN, "failed"), found(OTHER, "failed"))
    assert [name for name, event in watch.told() if event == "opened"] == [
        "volume/tide/",
        "fields_are_filled/tide/",
    ]
