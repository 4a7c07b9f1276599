"""What messages say, when they go, and what of an address is never written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from flows.alert.compose import body, escape, escape_url, reproduction, sparkline, title
from flows.alert.event import IncidentEvent, event_of
from flows.alert.secrets import ChannelError, filled, masked, secrets_of
from flows.alert.settings import AlertSettings, Rhythm
from flows.steps.monitor import with_examples
from flows.watch.verdicts import MONITORS, query_of
from warehouse.check import CheckResult, with_bounds
from warehouse.check_loader import Check, all_checks
from warehouse.migrate import migrate


def news(**changed: Any) -> IncidentEvent:
    at = datetime(2026, 7, 1, 12, tzinfo=UTC)
    return event_of(
        {
            "notification_id": "n",
            "due_at": None,
            "owner": "data",
            "event": "opened",
            "incident_id": "0" * 16,
            "severity": "fail",
            "state": "open",
            "check_name": "volume",
            "source_id": "tide",
            "dimension": None,
            "doc": "As many articles as expected.",
            "opened_at": at,
            "resolved_at": None,
            "failure_count": 2,
            "last_run_id": "r2",
            "observed": 3.0,
            "row_count": 1,
            "expected": "12 to 30",
            "history": None,
            "observed_before": None,
            "cause": None,
            "pages": None,
            "new_version": None,
            "examples": None,
            "follower_count": 0,
            "is_flapping": False,
            "run_state": "loaded",
            "runbook": "volume",
            "query": None,
            "unit": None,
        }
        | changed
    )


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([1, 2, 3, 8], "▁▂▃█"),
        ([5, 5, 5], "▁▁▁"),
        ([7], ""),
        ([1, 2], ""),
        ([float("nan"), 1, 2, 1], "▁█▁"),
        (range(20), "▁▂▂▃▃▄▄▅▅▆▆▇▇█"),
    ],
)
def test_sparklines(values: list[float], shown: str) -> None:
    assert sparkline(values) == shown


def test_titles_name_one_trouble_and_count_several() -> None:
    assert title([news()]) == "newsduck: opened (fail): volume · tide"
    several = [news(), news(event="resolved"), news(event="reminder"), news(event="resolved")]
    assert title(several, is_digest=True) == "newsduck digest: 1 opened, 2 resolved, 1 still open"


def test_a_message_shows_local_times_the_likely_cause_and_ten_incidents_in_full() -> None:
    first = news(
        pages="9 rejected block_page HTTP 403",
        new_version="abc",
        follower_count=2,
        is_flapping=True,
    )
    text = body(
        [first, *(news(incident_id=f"{n:016}", source_id=f"s{n}") for n in range(11))],
        "k" * 16,
        ZoneInfo("Asia/Tokyo"),
        "https://wiki.example",
    )
    for said in (
        "since Wed 01 Jul 2026 21:00 JST, 2 failures",
        "likely cause: pages of that run: 9 rejected block_page HTTP 403; the run was the first "
        "with extractor abc",
        "2 incidents follow from it",
        "flapping",
        "https://wiki.example#volume",
        f"message {'k' * 16}",
    ):
        assert said in text, said
    assert text.count("observed 3, expected 12 to 30") == 10
    assert text.count("newsduck incidents show") == 12


@pytest.fixture(scope="module")
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        migrate(connection)
        yield connection


@pytest.mark.parametrize("check", MONITORS, ids=lambda check: check.name)
def test_the_sql_of_a_monitor_runs_and_is_of_the_source(
    check: Check, empty: duckdb.DuckDBPyConnection
) -> None:
    query = query_of(check, "o'tide")
    assert "'o''tide'" in query
    assert empty.execute(reproduction(news(query=query, check_name=check.name))).fetchall() == []
    failed = CheckResult(check, "failed", 1, source_id="o'tide", dimension="authors")
    (shown,) = with_examples(empty, [failed])
    assert shown.examples == ()


@pytest.mark.parametrize(
    ("unit", "observed", "shown"),
    [
        ("share", 0.953, "95.3 %"),
        ("share", 1.0, "100 %"),
        ("articles", 1.0, "1 article"),
        ("articles", 281.3, "281 articles"),
        ("words", 123456.0, "123,000 words"),
        ("rows", 0.0, "0 rows"),
        (None, 0.001234, "0.00123"),
    ],
)
def test_amounts_have_a_unit_and_three_digits(
    unit: str | None, observed: float, shown: str
) -> None:
    text = body([news(unit=unit, observed=observed)], "k", ZoneInfo("UTC"), "r")
    assert f"observed {shown}, expected" in text


def test_an_incident_of_many_sources_names_them_and_one_of_a_source_does_not() -> None:
    rows = '[{"source_id": "tide", "article_id": "a1", "observed": "3"}]'
    of_many = news(source_id=None, dimension="many sources", examples=rows)
    assert "example: `source_id tide, article_id a1`" in body([of_many], "k", ZoneInfo("UTC"), "r")
    of_one = news(source_id="tide", examples=rows)
    assert "example: `article_id a1`" in body([of_one], "k", ZoneInfo("UTC"), "r")


def test_symptoms_and_the_run_are_named() -> None:
    symptom = {
        "check_name": "fields_are_filled",
        "dimension": "authors",
        "observed": 0.12,
        "expected": "about 95 %",
        "unit": "share",
    }
    text = body(
        [news(symptoms=[symptom], run_url="https://prefect.example/runs/1")],
        "k",
        ZoneInfo("UTC"),
        "r",
    )
    assert "symptom: fields_are_filled · authors: 12 %, expected about 95 %" in text
    assert "run: https://prefect.example/runs/1" in text


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "](http://evil.example) [click",
    "`code` **bold** @everyone <!channel>",
    "```\n<img src=x onerror=alert(1)> o'clock",
    "\x1b]52;c;\x07 \u202etxet\u2066 \u009b2J",
    "line\nbreak\r\n# heading",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_pages_say_is_no_markup(text: str) -> None:
    symptom = {"check_name": text, "dimension": text, "observed": 1, "expected": text, "unit": None}
    event = news(
        cause=text,
        pages=text,
        examples=json.dumps([{"title": text, text: text, "url": text}]),
        expected=text,
        dimension=text,
        source_id=text,
        symptoms=[symptom],
        query="SELECT 1",
    )
    shown = title([event]) + body([event], "k", ZoneInfo("UTC"), "r")
    for mark in ("<img", "<!channel", "](http", "@everyone", "**bold", "\n# heading", "```\n<"):
        assert mark not in shown
    assert all(c.isprintable() or c == "\n" for c in shown)


@pytest.mark.parametrize("text", HOSTILE)
def test_the_sql_of_a_message_finds_a_hostile_name(text: str) -> None:
    query = "-- severity: warn\nFROM found"
    asked = reproduction(news(query=query, dimension=text, source_id=text, run_state="failed"))
    assert not set(asked) & set("`<>\x1b\u202e")
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE found AS SELECT $1 AS dimension, $1 AS source_id", [text])
        assert connection.execute(asked).fetchall() == [(text, text)]


def test_addresses_stay_links_and_are_no_markup() -> None:
    url = "https://tide.example/a?id=5&x=%20y#top"
    assert escape_url(url) == url
    assert escape_url("https://e.example/](http://evil)<b>") == (
        "https://e.example/%5D%28http://evil%29%3Cb%3E"
    )
    assert "<" not in escape_url("javascript:<b>")
    assert escape("plain words, (in brackets) 5 % of a_b & c") == (
        "plain words, (in brackets) 5 % of a_b & c"
    )


@pytest.mark.parametrize("check", all_checks(), ids=lambda check: check.name)
def test_the_sql_of_a_message_runs(check: Check, empty: duckdb.DuckDBPyConnection) -> None:
    for state in ("loaded", "failed"):
        for source in (None, "o'tide"):
            query = with_bounds(check.query, ("o'tide", 3, None))
            statement = reproduction(news(query=query, run_state=state, source_id=source))
            assert ("run_id = 'r2'" in statement) == (
                state == "loaded" and "checked_" in check.query
            )
            found = empty.execute(statement)
            assert found.fetchall() == []
            if "source_id" not in [column[0] for column in found.description or []]:
                break


def test_quiet_hours_and_digests_are_local() -> None:
    rhythm = Rhythm.model_validate(
        {"timezone": "Europe/Berlin", "quiet": "22:00-07:00", "digest": "08:30"}
    )
    hours = {
        hour: rhythm.is_quiet(datetime(2026, 7, 1, hour, tzinfo=UTC)) for hour in (4, 5, 19, 20, 23)
    }
    assert hours == {4: True, 5: False, 19: False, 20: True, 23: True}
    assert not rhythm.is_quiet(datetime(2026, 7, 1, 5, 0, tzinfo=UTC)), "the end is not quiet"
    assert rhythm.next_digest(datetime(2026, 7, 1, 6, 29, tzinfo=UTC)) == datetime(
        2026, 7, 1, 6, 30, tzinfo=UTC
    )
    assert rhythm.next_digest(datetime(2026, 7, 1, 6, 30, tzinfo=UTC)) == datetime(
        2026, 7, 2, 6, 30, tzinfo=UTC
    )
    # the clocks go back on 25 October: 08:30 is an hour later in UTC
    assert rhythm.next_digest(datetime(2026, 10, 24, 12, tzinfo=UTC)) == datetime(
        2026, 10, 25, 7, 30, tzinfo=UTC
    )
    assert Rhythm(quiet="12:00-13:00").is_quiet(datetime(2026, 7, 1, 12, 59, tzinfo=UTC))
    assert not Rhythm().is_quiet(datetime(2026, 7, 1, 3, tzinfo=UTC))
    with pytest.raises(ValueError, match="begins and ends at one time"):
        Rhythm(quiet="22:00-22:00")


@pytest.mark.parametrize(
    ("moment", "is_quiet"),
    [
        ("2026-03-29T04:59", True),  # the night that is an hour short
        ("2026-03-29T05:00", False),
        ("2026-10-25T05:59", True),  # the night that is an hour longer
        ("2026-10-25T06:00", False),
    ],
)
def test_quiet_hours_follow_the_clock_of_the_place(moment: str, is_quiet: bool) -> None:
    rhythm = Rhythm(timezone="Europe/Berlin", quiet="22:00-07:00")
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert rhythm.is_quiet(at) is is_quiet
    assert rhythm.next_digest(at).astimezone(rhythm.zone).hour == 8


def test_silences_that_meet_are_one() -> None:
    def silence(first: int, last: int, **of: str) -> dict[str, Any]:
        return {
            "starts_at": datetime(2026, 7, first, tzinfo=UTC),
            "ends_at": datetime(2026, 7, last, tzinfo=UTC),
            "reason": "r",
        } | of

    alerts = AlertSettings.model_validate(
        {"silences": [silence(1, 3, source="tide"), silence(2, 5), silence(9, 10, check="volume")]}
    )
    assert alerts.silence_end("tide", "volume", datetime(2026, 7, 1, tzinfo=UTC)) == datetime(
        2026, 7, 5, tzinfo=UTC
    )
    assert alerts.silence_end("pier", "volume", datetime(2026, 7, 1, tzinfo=UTC)) is None
    assert alerts.silence_end(None, "dates", datetime(2026, 7, 9, tzinfo=UTC)) is None
    assert alerts.silence_end(None, "volume", datetime(2026, 7, 9, tzinfo=UTC)) == datetime(
        2026, 7, 10, tzinfo=UTC
    )


def test_owners_fall_back_to_what_is_set_for_all() -> None:
    alerts = AlertSettings.model_validate(
        {
            "timezone": "Asia/Tokyo",
            "quiet": "22:00-07:00",
            "owners": {"data": {"channels": {"a": "json://a"}}, "desk": {"digest": "09:00"}},
        }
    )
    desk = alerts.owner("desk")
    assert (desk.zone.key, desk.quiet, desk.digest_time.hour, list(desk.channels)) == (
        "Asia/Tokyo",
        "22:00-07:00",
        9,
        ["a"],
    )
    assert list(alerts.owner("nobody").channels) == ["a"]


def test_addresses_are_filled_and_their_secrets_taken_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "pw1")
    url = filled(
        "mailtos://desk:${MAIL_PASSWORD}@mail.example/${prefect:list}?to=a@b.example",
        lambda name: f"{name}-token",
    )
    assert url == "mailtos://desk:pw1@mail.example/list-token?to=a@b.example"
    said = f"no answer from mail.example as desk with pw1, tried {url} and list-token"
    assert (
        masked(said, secrets_of(url))
        == "no answer from mail.example as desk with ***, tried *** and ***"
    )
    assert "T0ken123" not in masked(
        "T0ken123 is refused", secrets_of("slack://T0ken123/T0ken456/T0ken789")
    )
    assert masked("see https://ada:pw@tide.example/x") == "see https://***@tide.example/x"


def test_a_secret_that_is_not_there_is_named_and_none_is_shown() -> None:
    def broken(name: str) -> str:
        raise ValueError("the value was hunter22")

    with pytest.raises(ChannelError, match="no variable NO_SUCH"):
        filled("json://${NO_SUCH}")
    with pytest.raises(ChannelError, match="can only be read in a flow run"):
        filled("json://${prefect:hook}")
    with pytest.raises(ChannelError) as error:
        filled("json://${prefect:hook}", broken)
    assert "hunter22" not in f"{error.value!r} {error.value.__cause__!r}"
