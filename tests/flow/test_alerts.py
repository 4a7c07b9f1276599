"""Alerts: real warehouses, a real receiver, a clock that the test moves."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.alert import deliver as module
from flows.alert import send as sender
from flows.alert.deliver import Delivery, UndeliveredError, deliver
from flows.alert.settings import AlertSettings
from tests.bench import deliver as bench
from tests.flow.pages import ask
from tests.flow.receiver import Receiver, receiving
from tests.new_warehouse import new_warehouse
from warehouse.check import CheckResult, Status
from warehouse.check_loader import Check
from warehouse.incident_actions import handle
from warehouse.update_incidents import write_checks

pytestmark = pytest.mark.filterwarnings(
    "ignore:'imghdr' is deprecated"
)  # by apprise, for a plugin of its own

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FAIL = Check(
    "feed_silent", "fail", "Each feed has news as often as before.", "SELECT 1", "source", "feeds"
)
WARN = replace(FAIL, name="source_volume", severity="warn")


class Desk:
    """A warehouse, whoever is told of it, and the time."""

    def __init__(self, folder: Path, receiver: Receiver) -> None:
        self.warehouse, self.receiver, self.now, self.rounds = (
            folder / "w.duckdb",
            receiver,
            NOON,
            0,
        )
        self.alerts = AlertSettings.model_validate(
            {"owners": {"data": {"channels": {"hook": receiver.url()}}}, "patience": 0}
        )
        new_warehouse(self.warehouse)

    def set(self, **changed: Any) -> None:
        self.alerts = AlertSettings.model_validate(self.alerts.model_dump() | changed)

    def round(self, *results: CheckResult) -> None:
        self.rounds += 1
        with duckdb.connect(str(self.warehouse)) as connection:
            write_checks(connection, f"run-{self.rounds}", results, self.now)

    def open(self, check: Check = FAIL, source: str = "tide", **facts: Any) -> None:
        for _ in range(1 if check.severity == "fail" else 2):
            self.round(found(check, "failed", source, **facts))

    def end(self, check: Check = FAIL, source: str = "tide") -> None:
        for _ in range(2):
            self.round(found(check, "passed", source))

    def tell(self, after: timedelta = timedelta()) -> Delivery:
        self.now += after
        return deliver(self.warehouse, 5, self.alerts, clock=lambda: self.now)

    @property
    def titles(self) -> list[str]:
        return [letter["title"] for letter in self.receiver.got]


def found(check: Check, status: Status, source: str = "tide", **facts: Any) -> CheckResult:
    return CheckResult(check, status, int(status == "failed"), source_id=source, **facts)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sends in this process: a process of its own takes a second, and the tests that are about it
    go without this.
    """

    def send(letter: sender.Letter, url: str) -> None:
        if error := sender.hand_over(letter, url):
            raise sender.SendError(error)

    monkeypatch.setattr(module, "send", send)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with receiving() as receiver:
        yield Desk(tmp_path, receiver)


@pytest.mark.usefixtures("here")
def test_a_message_says_all_that_a_person_needs(desk: Desk) -> None:
    example = {"url": "https://tide.example/quay", "title": "Quay `closed`"}
    facts: dict[str, Any] = {
        "observed": 7.25,
        "expected": "under 7",
        "history": (1.0, 2.0, 3.0, 7.25),
        "cause": "HTTP 503 since noon",
    }
    desk.round(
        CheckResult(
            FAIL, "failed", 4, (example,) * 4, "tide", "front page", sql="SELECT 'tide'", **facts
        )
    )
    assert desk.tell() == Delivery(1)
    (letter,) = desk.receiver.got
    assert letter["title"] == "newsduck: opened (fail): feed_silent · tide · front page"
    (key,) = ask(desk.warehouse, "SELECT incident_id FROM meta.incidents")[0]
    for said in (
        FAIL.doc,
        "since Mon 02 Mar 2026 12:00 UTC, one failure, in run run-1",
        "observed 7.25, expected under 7  ▁▂▃█",
        "likely cause: HTTP 503 since noon",
        "example: https://tide.example/quay `title Quay 'closed'`",
        "SELECT 'tide'",
        "newsduck runbook feeds",
        f"newsduck incidents snooze {key} --for 2d",
        f"message {letter['key']}",
    ):
        assert said in letter["message"], said
    assert letter["message"].count("example: https") == 3
    assert letter["type"] == "failure"


@pytest.mark.usefixtures("here")
def test_one_message_an_owner_and_run(desk: Desk) -> None:
    other = replace(WARN, name="dates", owner="desk")
    desk.set(
        owners={
            "data": desk.alerts.owners["data"],
            "desk": {"channels": {"hook": desk.receiver.url("desk")}},
        }
    )
    for _ in range(2):
        desk.round(found(FAIL, "failed"), found(WARN, "failed"), found(other, "failed"))
    assert desk.tell().sent_count == 2
    assert sorted(zip(desk.receiver.paths, desk.titles, strict=True)) == [
        ("/desk", "newsduck: opened (warn): dates · tide"),
        ("/hook", "newsduck: opened (fail): feed_silent · tide"),
    ]
    told = next(letter["message"] for letter in desk.receiver.got if "feed_silent" in str(letter))
    assert "- symptom: source_volume" in told
    assert "dates" not in told, "another owner's"
    assert desk.tell().sent_count == 0


@pytest.mark.usefixtures("here")
def test_resolved_is_told_after_opened_and_a_reminder_a_day(desk: Desk) -> None:
    desk.open()
    desk.tell()
    desk.tell(timedelta(hours=23))
    desk.tell(timedelta(hours=2))
    desk.end()
    desk.tell()
    assert [title.split(":")[1].strip() for title in desk.titles] == [
        "opened (fail)",
        "still open (fail)",
        "resolved",
    ]
    assert [letter["type"] for letter in desk.receiver.got] == ["failure", "failure", "success"]


@pytest.mark.usefixtures("here")
def test_what_was_over_before_it_could_be_told_is_told_once(desk: Desk) -> None:
    desk.open()
    desk.end()
    desk.tell()
    assert desk.titles == ["newsduck: opened and over (fail): feed_silent · tide"]
    assert "over since Mon 02 Mar" in desk.receiver.got[0]["message"]
    assert desk.tell().sent_count == 0
    assert ask(desk.warehouse, "SELECT count(*) FROM meta.notifications WHERE sent_at IS NULL") == [
        (0,)
    ]


@pytest.mark.usefixtures("here")
def test_an_end_waits_until_its_beginning_was_taken(desk: Desk) -> None:
    desk.open()
    desk.receiver.answers = [500, 500]
    assert desk.tell().failures == (
        "data by hook: Failed to send JSON POST notification: Internal server error., error=500.",
    )
    desk.end()
    assert desk.tell().failures
    assert desk.titles == []
    desk.tell()
    desk.tell()
    assert desk.titles == [
        "newsduck: opened (fail): feed_silent · tide",
        "newsduck: resolved: feed_silent · tide",
    ]


@pytest.mark.usefixtures("here")
def test_warnings_wait_for_the_digest_and_errors_pass(desk: Desk) -> None:
    desk.set(timezone="Europe/Paris", quiet="22:00-07:00", digest="07:30")
    desk.now = datetime(2026, 3, 2, 22, tzinfo=UTC)
    desk.open(WARN)
    desk.open(WARN, "harbour")
    desk.end(WARN, "harbour")
    desk.open(FAIL)
    desk.tell()
    assert desk.titles == ["newsduck: opened (fail): feed_silent · tide"]
    desk.tell(timedelta(hours=8))
    assert len(desk.titles) == 1, (
        "six in the morning, seven in Paris: quiet is over, the digest is not due"
    )
    desk.open(WARN, "pier")
    desk.tell(timedelta(minutes=5))
    assert desk.titles[1:] == ["newsduck: opened (warn): source_volume · pier"]
    desk.tell(timedelta(minutes=30))
    assert desk.titles[2:] == ["newsduck digest: 2 opened"]
    assert "over since Mon 02 Mar 2026 23:00 CET" in desk.receiver.got[2]["message"]
    assert desk.tell(timedelta(minutes=5)).sent_count == 0


@pytest.mark.usefixtures("here")
def test_a_clock_that_ran_ahead_silences_nobody(desk: Desk) -> None:
    desk.set(quiet="22:00-07:00", digest="07:30")
    desk.open(FAIL)
    ahead = timedelta(days=400)
    desk.tell(ahead)
    desk.open(WARN)
    desk.tell(timedelta(hours=11))
    assert desk.titles == ["newsduck: opened (fail): feed_silent · tide"]
    desk.tell(-ahead)
    assert desk.titles[1:] == ["newsduck: still open (fail): feed_silent · tide"]
    desk.tell(timedelta(hours=9))
    assert desk.titles[2:] == ["newsduck: opened (warn): source_volume · tide"]


@pytest.mark.usefixtures("here")
def test_a_digest_that_was_missed_goes_out_even_in_quiet_hours(desk: Desk) -> None:
    desk.set(quiet="22:00-07:00")
    desk.now = datetime(2026, 3, 2, 23, tzinfo=UTC)
    desk.open(WARN)
    desk.tell()
    desk.tell(timedelta(days=1))
    assert desk.titles == ["newsduck: opened (warn): source_volume · tide"]


@pytest.mark.usefixtures("here")
def test_a_planned_silence_holds_and_forgets_what_was_over_before_its_end(desk: Desk) -> None:
    silence = {
        "source": "tide",
        "starts_at": NOON - timedelta(hours=1),
        "ends_at": NOON + timedelta(days=1),
        "reason": "they move",
    }
    desk.set(silences=[silence])
    desk.open(WARN)
    desk.end(WARN)
    desk.open(FAIL)
    desk.open(FAIL, "harbour")
    desk.tell()
    assert desk.titles == ["newsduck: opened (fail): feed_silent · harbour"]
    desk.tell(timedelta(hours=23))
    assert len(desk.titles) == 1
    desk.tell(timedelta(hours=2))
    assert "newsduck: 1 opened, 1 still open" in desk.titles[1:]
    assert "source_volume" not in desk.receiver.got[1]["message"]
    dropped = ask(
        desk.warehouse,
        "SELECT event, dropped FROM meta.notifications WHERE dropped IS NOT NULL ORDER BY event",
    )
    assert dropped == [
        ("opened", "over within a planned silence"),
        ("resolved", "over within a planned silence"),
    ]


@pytest.mark.usefixtures("here")
def test_what_somebody_took_on_is_not_recalled(desk: Desk) -> None:
    desk.open()
    desk.tell()
    with duckdb.connect(str(desk.warehouse)) as connection:
        (key,) = connection.execute("SELECT incident_id FROM meta.incidents").fetchall()[0]
        assert (
            handle(connection, key[:6], "ack", "ada", "on it", now=desk.now)["state"]
            == "acknowledged"
        )
    desk.tell(timedelta(days=2))
    assert len(desk.titles) == 1
    desk.end()
    desk.tell()
    assert desk.titles[1:] == ["newsduck: resolved: feed_silent · tide"]


@pytest.mark.usefixtures("here")
def test_a_channel_that_failed_is_tried_again_with_the_same_key(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FIRST_WAIT_SECONDS", 0.01)
    desk.set(patience=20)
    desk.receiver.answers = [500, 503]
    desk.open()
    assert desk.tell() == Delivery(1)
    assert ask(
        desk.warehouse, "SELECT attempt_count, error, sent_at IS NOT NULL FROM meta.messages"
    ) == [(3, None, True)]
    assert desk.receiver.keys == [
        key for (key,) in ask(desk.warehouse, "SELECT message_id FROM meta.messages")
    ]


@pytest.mark.usefixtures("here")
def test_only_the_channel_that_failed_gets_it_again(desk: Desk) -> None:
    desk.set(
        owners={"data": {"channels": {"a": desk.receiver.url("a"), "b": desk.receiver.url("b")}}}
    )
    desk.receiver.answers = [500]
    desk.open()
    assert desk.tell().sent_count == 1
    assert desk.tell() == Delivery(1)
    assert desk.receiver.paths == ["/a", "/b", "/a"]
    assert len(set(desk.receiver.keys)) == 1


@pytest.mark.usefixtures("here")
def test_what_cannot_be_delivered_is_told_to_the_log_and_the_caller_and_kept(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.receiver.answers = [500]
    desk.open()
    with (
        caplog.at_level(logging.ERROR),
        pytest.raises(UndeliveredError, match="1 messages could not be delivered"),
    ):
        desk.tell().check()
    assert "was not delivered" in caplog.text
    assert ask(desk.warehouse, "SELECT escalated_at IS NOT NULL, sent_at FROM meta.messages") == [
        (True, None)
    ]
    desk.tell().check()
    assert len(desk.titles) == 1


def test_a_receiver_that_hangs_costs_no_more_than_its_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.receiver.answers = [None]
    desk.open()
    with monkeypatch.context() as patched:
        patched.setattr(sender.send, "__defaults__", (1.0,))
        assert desk.tell().failures == ("data by hook: no answer within 1 s",)
    desk.receiver.answers.clear()
    assert desk.tell() == Delivery(1)


@pytest.mark.usefixtures("here")
def test_without_channels_the_log_is_told(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.set(owners={})
    desk.open()
    with caplog.at_level(logging.WARNING):
        assert desk.tell() == Delivery(1)
    assert "newsduck: opened (fail): feed_silent · tide" in caplog.text


def test_secrets_come_from_the_environment_and_are_written_nowhere(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("HOOK_TOKEN", "s3cret-token")
    url = f"json://desk:pa55-word@127.0.0.1:{desk.receiver.port}/${{HOOK_TOKEN}}"
    desk.set(
        owners={
            "data": {
                "channels": {
                    "hook": url,
                    "gone": "${NO_SUCH_VARIABLE}",
                    "odd": "nothing://s3cret-token",
                }
            }
        }
    )
    desk.receiver.answers = [500]
    desk.open(cause="see https://ada:hunter22@tide.example/status")
    with caplog.at_level(logging.DEBUG):
        delivery = desk.tell()
    assert [failure.split(": ", 1) for failure in delivery.failures] == [
        ["data by gone", "the environment has no variable NO_SUCH_VARIABLE"],
        [
            "data by hook",
            "Failed to send JSON POST notification: Internal server error., error=500.",
        ],
        ["data by odd", "is no URL that apprise knows"],
    ]
    desk.tell()
    assert desk.receiver.paths == ["/s3cret-token"] * 2
    assert "https://***@tide.example/status" in desk.receiver.got[0]["message"]
    everywhere = (
        caplog.text
        + str(ask(desk.warehouse, "FROM meta.messages"))
        + repr(desk.alerts)
        + str(delivery)
    )
    for secret in ("s3cret-token", "pa55-word", "hunter22"):
        assert secret not in everywhere


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("at", ["before it was sent", "before it was marked"])
def test_a_crash_loses_nothing_and_a_repeat_has_the_first_key(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    desk.open()
    place = "_try" if at == "before it was sent" else "_mark"
    with monkeypatch.context() as patched:
        patched.setattr(module, place, crash)
        with pytest.raises(KeyboardInterrupt):
            desk.tell()
    desk.now += timedelta(minutes=1)
    desk.open(source="harbour")
    assert desk.tell().sent_count == 2
    assert desk.tell().sent_count == 0
    first = "newsduck: opened (fail): feed_silent · tide"
    repeats = 2 if at == "before it was marked" else 1
    assert desk.titles == [first] * repeats + ["newsduck: opened (fail): feed_silent · harbour"]
    assert len(set(desk.receiver.keys)) == 2
    assert set(desk.receiver.keys) == {
        key for (key,) in ask(desk.warehouse, "SELECT message_id FROM meta.messages")
    }


def crash(*_: object) -> None:
    raise KeyboardInterrupt


def test_killed_at_random_points_it_loses_nothing(tmp_path: Path) -> None:
    tally = bench.run(crashes=1, seed=3, folder=tmp_path)
    assert tally.crashes == 1
    assert tally.events >= 4
    assert (tally.lost, tally.other_key) == (0, 0), tally
