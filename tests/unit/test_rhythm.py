"""A source's schedule: when a run may ask it, and when it is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.acquire.schedule_match import is_time
from flows.acquire.sources import Source
from flows.acquire.web.schedule import UrlState
from flows.steps.web_request import due_now, web_request

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "zone", "last", "due"),
    [
        ("*/20 * * * *", None, None, True),
        # asked a year ahead, by a wrong clock; a minute ahead, by another machine
        ("*/20 * * * *", None, NOON.replace(year=2027), True),
        ("*/20 * * * *", None, NOON.replace(minute=1), False),
        ("*/20 * * * *", None, NOON.replace(hour=11, minute=41), True),
        ("*/20 * * * *", None, NOON, False),
        ("0 6 * * *", None, NOON.replace(hour=6), False),
        ("0 6 * * *", None, NOON.replace(hour=5, minute=59), True),
        ("0 6 * * *", "America/New_York", NOON.replace(hour=10, minute=59), True),
        ("0 6 * * *", "America/New_York", NOON.replace(hour=11), False),
        ("0 9 * * mon", "Europe/London", NOON.replace(month=2, day=23, hour=10), False),
        ("@daily", "Asia/Kolkata", NOON.replace(month=2, day=28, hour=18), True),
    ],
)
def test_a_time_has_come_or_not(
    schedule: str, zone: str | None, last: datetime | None, due: bool
) -> None:
    assert is_time(schedule, zone, last, NOON) is due


def test_a_source_between_two_times_is_left_alone_with_its_pages() -> None:
    feed = "https://{}.example/rss"
    sources = [
        Source(
            id=name,
            name=name,
            site=f"{name}.example",
            feeds=(feed.format(name),),
            schedule=schedule,
        )
        for name, schedule in (
            ("daily", "0 6 * * *"),
            ("often", "*/5 * * * *"),
            ("new", "0 6 * * *"),
            ("free", None),
        )
    ]
    request = web_request((), sources, Path("s.yml"))
    at = NOON.replace(hour=7)
    state = UrlState(
        "",
        "",
        "feed",
        None,
        at,
        "ok",
        0,
        1,
        at,
        None,
        None,
        "",
        None,
        None,
        None,
        None,
        None,
        None,
        None,
    )
    states = {
        job.url_key: replace(state, url_key=job.url_key)
        for job in request.jobs
        if job.source_id != "new"
    }
    found = due_now(request, states, NOON)
    assert [job.source_id for job in found.jobs] == ["often", "new", "free"]
    assert list(found.due_sources or {}) == ["often", "new", "free"]
    assert due_now(request, states, NOON.replace(day=2)) == request
