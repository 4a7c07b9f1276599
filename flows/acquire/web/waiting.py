"""How long to wait before an address is tried again: what the host asks for, else a random share of
a time that doubles.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from tenacity import RetryCallState, wait_random_exponential

from flows.acquire.web.exchange import Exchange
from flows.acquire.web.fetched import Fetched
from flows.acquire.web.hosts import Hosts
from flows.acquire.web.outcomes import CONSEQUENCES
from flows.acquire.web.settings import FetchSettings


class Waiting:
    """Says how long to wait, and sees that nothing else is asked of the host meanwhile where the
    host is at fault.
    """

    def __init__(self, settings: FetchSettings, hosts: Hosts) -> None:
        self._settings = settings
        self._hosts = hosts
        self._random = wait_random_exponential(
            multiplier=settings.first_wait, max=settings.longest_wait
        )

    def __call__(self, state: RetryCallState) -> float:
        """Return the seconds to wait after a try."""
        found = result(state)
        asked = retry_after(found.response)
        seconds = asked if asked is not None else float(self._random(state))
        if CONSEQUENCES[found.outcome].host_fault:
            self._hosts.lane(found.url).hold(seconds)
        return seconds

    def is_too_long(self, found: Fetched) -> bool:
        """Whether the host asks for more patience than we have within a run."""
        return (retry_after(found.response) or 0.0) > self._settings.longest_wait


def result(state: RetryCallState) -> Fetched:
    """Return how a try ended."""
    assert state.outcome is not None
    found: Fetched = state.outcome.result()
    return found


def retry_after(response: Exchange | None) -> float | None:
    """Return the seconds that a response's Retry-After asks for, given as a number or a date; None
    where it asks for nothing sensible.
    """
    value = (
        (response.header("retry-after") or "").strip()
        if response and response.status in (429, 503)
        else ""
    )
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
