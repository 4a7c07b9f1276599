"""The manners towards each host: one request at a time, a pause between two, and rest for a host
that keeps failing.

The rule for rest: after `host_failures` failures in a row (every try counted once it is given up) a
host is left alone for `leave_alone` seconds; one more failure after that, and it is left alone
twice as long, up to a day. One success, and all is forgotten. A host that answers 429 or 503 with a
Retry-After longer than we wait is left alone till then.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from flows.acquire.web.settings import FetchSettings

MAX_REST = timedelta(days=1)

DEFAULT_PORTS = {"http": 80, "https": 443}


def host_of(url: str) -> str:
    """Return the host that an address belongs to: its name in lower case, with the port where it is
    not the scheme's own.
    """
    parts = urlsplit(url)
    name, port = parts.hostname or "", parts.port
    return name if port in (None, DEFAULT_PORTS.get(parts.scheme)) else f"{name}:{port}"


@dataclass(frozen=True, slots=True)
class HostState:
    """What is remembered of a host across runs: failures in a row, rests in a row, until when it is
    left alone, and in how many runs in a row it was cut short for being slow.
    """

    host: str
    failure_count: int = 0
    rest_count: int = 0
    left_alone_until_at: datetime | None = None
    cut_count: int = 0
    reservation: str | None = None

    def rest_end(self, now: datetime) -> datetime | None:
        """Return until when the host is left alone; None where it is not, at `now`. No rest is
        longer than MAX_REST: a later end was set by a clock that ran ahead.
        """
        until = self.left_alone_until_at
        return until if until and now < until <= now + MAX_REST else None


class Lane:
    """The one lane to a host. `delay` may be raised by a source or by robots.txt, never lowered."""

    def __init__(
        self, state: HostState, settings: FetchSettings, now: Callable[[], datetime]
    ) -> None:
        self.state = state
        self.delay = settings.delay
        self._settings = settings
        self._now = now
        self._lock = asyncio.Lock()
        self._free_at = 0.0
        self._busy_since: float | None = None
        self._is_waiting = False
        self._response_seconds = 0.0

    @asynccontextmanager
    async def turn(self, slots: asyncio.Semaphore) -> AsyncIterator[None]:
        """Hold the lane for one request: wait for whoever has it, for the pause, and for one of
        `slots`.
        """
        loop = asyncio.get_running_loop()
        async with self._lock:
            while (left := self._free_at - loop.time()) > 0:
                await asyncio.sleep(left)
            async with slots:
                begun = self._busy_since = loop.time()
                try:
                    yield
                finally:
                    self._busy_since = None
                    took = loop.time() - begun
                    # the last ones count most: robots.txt may be quick on a host with slow pages
                    self._response_seconds = (self._response_seconds + took) / 2
                    self._free_at = max(self._free_at, loop.time() + self.delay)

    def is_slow(self, seconds: float) -> bool:
        """Whether the host keeps us waiting, apart from the pauses that we make: its request under
        way takes more than `seconds`, or its last ones did on average, or it failed and is about to
        be tried again.
        """
        if self._is_waiting:
            return True
        now = asyncio.get_running_loop().time()
        if self._busy_since is not None and now - self._busy_since > seconds:
            return True
        return self._response_seconds > seconds

    def ask_for_delay(self, seconds: float | None) -> None:
        """Raise the pause to what somebody asks for, at most `longest_delay`; it applies from the
        last request on.
        """
        asked = min(seconds or 0.0, max(self._settings.longest_delay, self._settings.delay))
        if asked > self.delay:
            if self._free_at:
                self._free_at += asked - self.delay
            self.delay = asked

    def hold(self, seconds: float) -> None:
        """Send nothing for the next `seconds`, since the last request failed."""
        self._is_waiting = True
        self._free_at = max(self._free_at, asyncio.get_running_loop().time() + seconds)

    def left_alone_until(self) -> datetime | None:
        """Return until when the host is left alone; None where it is not, now."""
        return self.state.rest_end(self._now())

    def leave_alone(self, seconds: float) -> None:
        """Leave the host alone for `seconds`, as it asked."""
        until = self._now() + min(timedelta(seconds=seconds), MAX_REST)
        self.state = replace(self.state, left_alone_until_at=until)

    def reserve(self, paths: str | None) -> None:
        """Remember the paths whose text and data mining the host reserves."""
        self.state = replace(self.state, reservation=paths)

    def was_cut(self) -> None:
        """The host was too slow for this run: the next one waits longer for it."""
        self.state = replace(self.state, cut_count=self.state.cut_count + 1)

    def kept_up(self) -> None:
        """The host was asked for everything that was wanted of it in this run."""
        self.state = replace(self.state, cut_count=0)

    def went_well(self) -> None:
        """The host answered: its failures are forgotten."""
        self._is_waiting = False
        self.state = replace(self.state, failure_count=0, rest_count=0, left_alone_until_at=None)

    def failed(self) -> None:
        """The host failed once more."""
        self._is_waiting = False
        failures, rests = self.state.failure_count + 1, self.state.rest_count
        until, now = self.state.left_alone_until_at, self._now()
        if failures >= self._settings.host_failures:
            rest = min(
                timedelta(seconds=self._settings.leave_alone) * 2 ** min(rests, 20), MAX_REST
            )
            until, rests = max(now + rest, self.state.rest_end(now) or now), rests + 1
        self.state = replace(
            self.state, failure_count=failures, rest_count=rests, left_alone_until_at=until
        )


class Hosts:
    """The lanes to all hosts of a run, begun with what earlier runs remember."""

    def __init__(
        self,
        settings: FetchSettings,
        remembered: Callable[[str], HostState | None] = lambda _: None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._settings = settings
        self._remembered = remembered
        self._now = now or (lambda: datetime.now(UTC))
        self._lanes: dict[str, Lane] = {}

    def lane(self, url: str) -> Lane:
        """Return the lane to the host of `url`."""
        host = host_of(url)
        if host not in self._lanes:
            self._lanes[host] = Lane(
                self._remembered(host) or HostState(host), self._settings, self._now
            )
        return self._lanes[host]

    def resting(self, url: str) -> datetime | None:
        """Return until when the host of `url` is left alone, without counting it as asked; None
        where it is not.
        """
        state = (
            self._lanes[host].state
            if (host := host_of(url)) in self._lanes
            else self._remembered(host)
        )
        return state.rest_end(self._now()) if state else None

    def states(self) -> list[HostState]:
        """Return what is to be remembered of the hosts that were asked, in order of name."""
        return [self._lanes[host].state for host in sorted(self._lanes)]
