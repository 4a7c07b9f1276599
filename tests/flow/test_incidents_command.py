"""`newsduck incidents` and `newsduck alerts`, as a person calls them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import Call
from tests.flow.pages import ask
from tests.flow.receiver import receiving
from tests.homes import HomeIn
from warehouse.check import CheckResult
from warehouse.check_loader import Check
from warehouse.connect import WarehouseAddress, open_writer
from warehouse.migrate import steps
from warehouse.update_incidents import write_checks

FAIL = Check(
    "feed_silent", "fail", "Each feed has news as often as before.", "SELECT 1", "source", "feeds"
)


@pytest.fixture
def warehouse(
    home: HomeIn, empty_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> WarehouseAddress:
    """Two open incidents and one that is over."""
    address = home(empty_folder)
    monkeypatch.setenv("NEWSDUCK_WAREHOUSE", str(address))
    with open_writer(address, 5, print) as connection:
        for source, verdicts in {"tide": "f", "harbour": "f", "pier": "fpp"}.items():
            for n, verdict in enumerate(verdicts):
                found = CheckResult(
                    FAIL,
                    "failed" if verdict == "f" else "passed",
                    3,
                    ({"url": "https://a.example"},),
                    source,
                    observed=8.0,
                )
                write_checks(
                    connection, f"{source}-{n}", (found,), datetime(2026, 3, 2, 8 + n, tzinfo=UTC)
                )
    return address


@pytest.mark.homes("file", "postgres")
def test_list_show_and_handle(warehouse: WarehouseAddress, call: Call) -> None:
    def run(*words: str) -> tuple[int, str, str]:
        return call("incidents", *words)

    code, shown, _ = run()
    assert code == 0
    assert "tide" in shown
    assert "harbour" in shown
    assert "pier" not in shown
    listed = json.loads(run("list", "--all", "--json", "--source", "pier")[1])
    assert [(row["source_id"], row["state"]) for row in listed] == [("pier", "resolved")]
    (key,) = (
        row["incident_id"] for row in json.loads(run("list", "--json", "--source", "tide")[1])
    )
    code, shown, _ = run("show", key[:7])
    assert code == 0
    for said in (
        "feed_silent/tide/",
        "3 rows",
        "newsduck runbook feeds",
        "https://a.example",
        "SELECT 1",
    ):
        assert said in shown
    assert (
        "is snoozed until"
        in run("snooze", key, "--for", "2d", "--by", "ada", "--note", "they move")[1]
    )
    assert "they move" in run("show", key)[1]
    assert "is acknowledged" in run("ack", key)[1]
    assert "is resolved" in run("resolve", key)[1]
    assert ask(
        warehouse,
        "SELECT event FROM meta.notifications WHERE incident_id = ? ORDER BY created_at",
        key,
    ) == [
        ("opened",),
        ("resolved",),
    ]
    code, _, errors = run("ack", key)
    assert code == 2
    assert "is over since" in errors


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "zz"), "no incident has an id that begins with 'zz'"),
        (("ack", ""), "3 incidents have an id that begins with ''"),
        (("snooze", "zz", "--for", "soon"), "'soon' is no span"),
        (("list", "-w", "none.duckdb"), "none.duckdb does not exist yet"),
    ],
)
@pytest.mark.usefixtures("warehouse")
def test_a_wrong_call_says_what_to_do(
    words: tuple[str, ...],
    said: str,
    call: Call,
) -> None:
    code, _, errors = call("incidents", *words)
    assert code == 2
    assert said in errors


def test_an_older_layout_is_named(warehouse: WarehouseAddress, call: Call) -> None:
    with open_writer(warehouse, 5, print) as connection:
        connection.execute("DELETE FROM meta.migrations WHERE version > 1")
    code, _, errors = call("incidents", "list")
    assert code == 2
    assert f"layout 1, older than the {steps()[-1][0]}" in errors


@pytest.mark.usefixtures("warehouse")
def test_who_hears_what_waits_and_whether_channels_work(tmp_path: Path, call: Call) -> None:
    with receiving() as receiver:
        text = f"""
            [alerts]
            quiet = "22:00-07:00"
            [alerts.owners.data.channels]
            hook = "{receiver.url("s3cret-path")}"
            [alerts.owners.desk.channels]
            gone = "${{NO_SUCH_VARIABLE}}"
            [[alerts.silences]]
            source = "harbour"
            starts_at = 2026-03-01T00:00:00Z
            ends_at = 2999-01-01T00:00:00Z
            reason = "they move"
            """
        (tmp_path / "newsduck.toml").write_text(text, encoding="utf-8")
        assert call("alerts", "test")[:2] == (
            0,
            "data by hook: taken\n",
        )
        code, shown, errors = call("alerts", "test", "desk")
        assert (code, shown) == (
            2,
            "desk by gone: the environment has no variable NO_SUCH_VARIABLE\n",
        )
        assert "not every channel of desk" in errors
        assert call("alerts", "send")[:2] == (
            0,
            "1 messages sent\n",
        )
    assert [letter["title"] for letter in receiver.got] == [
        "newsduck: a test",
        "newsduck: 2 opened",
    ]
    code, shown, _ = call("alerts", "show")
    assert code == 0
    for said in (
        "22:00-07:00",
        "they move",
        "held for data until 2999-01-01",
        "feed_silent/harbour/",
    ):
        assert said in shown
    assert "s3cret-path" not in shown


def test_a_wrong_alert_setting_is_named(empty_folder: Path, call: Call) -> None:
    for line, said in {
        'quiet = "late"': "alerts.quiet: must be two times of day, such as 22:00-07:00",
        'timezone = "Europe/Nowhere"': "no time zone is called 'Europe/Nowhere'",
        "owners.data.chanels = {}": "alerts.owners.data.chanels",
    }.items():
        (empty_folder / "newsduck.toml").write_text(f"[alerts]\n{line}\n", encoding="utf-8")
        code, _, errors = call("alerts", "show")
        assert code == 2
        assert said in " ".join(errors.split())
