"""Gets one address: robots.txt, the host's turn, redirects, tries. Every call ends in one
`Fetched`, whatever the network does.

Validators (ETag, Last-Modified) come with what is wanted and the answers go to tables of ours: an
HTTP cache such as hishel would keep every body a second time beside the raw store, and would decide
by Cache-Control what is asked at all, where our schedule decides.
"""

from __future__ import annotations

import asyncio
import base64
import logging
import ssl
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

import httpcore
import httpx
from tenacity import AsyncRetrying, retry_if_result, stop_after_attempt

from flows.acquire.web.addresses import CheckedBackend
from flows.acquire.web.exchange import Exchange, exchange
from flows.acquire.web.fetched import KINDS, Fetched, Wanted
from flows.acquire.web.hosts import Hosts, Lane
from flows.acquire.web.masking import Headers, mask_url
from flows.acquire.web.outcomes import CONSEQUENCES, FetchError, of_fault, of_status
from flows.acquire.web.redirects import (
    checked,
    cookie_for,
    keep_cookies,
    location_of,
    target_of,
)
from flows.acquire.web.reservation import Reservations, read_rules, rules_url, said_of
from flows.acquire.web.robots import ROBOTS_LIMIT, Robots, read_robots, robots_url
from flows.acquire.web.settings import FetchSettings
from flows.acquire.web.waiting import Waiting, result, retry_after
from schemas.fetch_outcomes import FetchOutcome as Outcome

KEPT_ALIVE_SECONDS = 30.0
"""How long an idle connection is kept: longer than most delays between two requests."""

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"

TALKATIVE = ("httpcore", "hpack", "h2")
"""Loggers that print headers at level DEBUG, cookies and keys among them."""

Rules = Callable[[str], Awaitable[Robots]]
"""Gets the rules at a robots.txt's address."""

ReservationRules = Callable[[str], Awaitable[Reservations]]
"""Gets the rules at a tdmrep.json's address."""

PAGES = ("page", "any")
"""What reservations are about; listings are read for their addresses alone."""


@cache
def _trusted() -> ssl.SSLContext:
    """Return whom we trust in TLS: the authorities of certifi, or of SSL_CERT_FILE or SSL_CERT_DIR.
    Made once, since it takes 20 ms.
    """
    return httpx.create_ssl_context()


def transport(settings: FetchSettings) -> httpx.AsyncHTTPTransport:
    """Return a transport with HTTP/2 that connects to checked addresses alone. Proxies are not
    used: they would resolve names for us.
    """
    made = httpx.AsyncHTTPTransport(verify=_trusted(), http2=True)
    made._pool = httpcore.AsyncConnectionPool(
        ssl_context=_trusted(),
        max_connections=None,
        max_keepalive_connections=settings.at_once * 4,
        keepalive_expiry=KEPT_ALIVE_SECONDS,
        http2=True,
        network_backend=CheckedBackend(allow_private=settings.allow_private),
    )
    return made


class Fetcher:
    """Fetches addresses of many hosts at once, and of one host one at a time. Use it as an async
    context.
    """

    def __init__(
        self,
        settings: FetchSettings,
        hosts: Hosts | None = None,
        rules: Rules | None = None,
        reservations: ReservationRules | None = None,
    ) -> None:
        """`rules` may know a robots.txt from earlier runs, `reservations` a tdmrep.json; without
        them each is fetched. Either is asked once for each.
        """
        self._settings = settings
        self.hosts = hosts or Hosts(settings)
        self._transport = transport(settings)
        self._slots = asyncio.Semaphore(settings.at_once)
        self._robots: dict[str, asyncio.Future[Robots]] = {}
        self._rules = rules or self._fetch_rules
        self._reservations: dict[str, asyncio.Future[Reservations]] = {}
        self._reservation_rules = reservations or self._fetch_reservations

    async def __aenter__(self) -> Self:
        for name in TALKATIVE:
            logger = logging.getLogger(name)
            logger.setLevel(max(logger.level, logging.INFO))
        await self._transport.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        asked: list[asyncio.Future[Any]] = [*self._robots.values(), *self._reservations.values()]
        for task in asked:
            task.cancel()
        await asyncio.gather(*asked, return_exceptions=True)
        await self._transport.__aexit__(kind, error, trace)

    async def fetch(self, wanted: Wanted) -> Fetched:
        """Fetch one address, trying again where that can help; never raises for what a server or
        the network does.
        """
        try:
            url = checked(wanted.url)
            self.hosts.lane(str(url)).ask_for_delay(wanted.delay)
            reserved = await self._check_host(url, wanted)
        except FetchError as error:
            ended = _ended(wanted, error.outcome, str(error))
            is_reserved = error.outcome is Outcome.RESERVED
            return replace(ended, reservation=str(error) if is_reserved else None)
        waiting = Waiting(self._settings, self.hosts)
        tries: list[Fetched] = []

        async def attempt() -> Fetched:
            tries.append(await self._attempt(url, wanted))
            return tries[-1]

        found: Fetched = await AsyncRetrying(
            stop=lambda state: (
                stop_after_attempt(self._settings.attempts)(state)
                or waiting.is_too_long(result(state))
            ),
            wait=waiting,
            retry=retry_if_result(lambda found: CONSEQUENCES[found.outcome].tried_again),
            retry_error_callback=result,
        )(attempt)
        self._remember(found)
        transferred, seconds = sum(t.transferred for t in tries), sum(t.seconds for t in tries)
        found = replace(found, attempts=len(tries), transferred=transferred, seconds=seconds)
        return self._reserved(found, reserved) if wanted.kind in PAGES else found

    def _reserved(self, found: Fetched, by_host: str | None) -> Fetched:
        """Return a page with what it and its host reserve; without its body, where reservations are
        respected and there is one.
        """
        last = found.response
        if found.outcome is not Outcome.OK or last is None:
            return replace(found, reservation=by_host)
        own, tags = said_of(last)
        found = replace(found, reservation=by_host or own, robot_tags=tags)
        if not found.reservation or not self._settings.respect_reservations:
            return found
        bare = replace(last, raw=b"", content=b"")
        return replace(
            found,
            outcome=Outcome.RESERVED,
            detail=f"text and data mining is reserved: {found.reservation}",
            exchanges=(*found.exchanges[:-1], bare),
        )

    def _remember(self, found: Fetched) -> None:
        lane = self.hosts.lane(found.url)
        if CONSEQUENCES[found.outcome].host_fault:
            lane.failed()
            asked = retry_after(found.response)
            if asked and asked > self._settings.longest_wait:
                lane.leave_alone(asked)
        elif found.exchanges:
            lane.went_well()

    async def _attempt(self, url: httpx.URL, wanted: Wanted) -> Fetched:
        """Follow an address once through its redirects."""
        met: list[Exchange] = []
        cookies = httpx.Cookies()  # of this chain alone: what a site sets is sent back to it
        seconds, seen = 0.0, {(url, "")}
        try:
            while True:
                lane = self.hosts.lane(str(url))
                async with lane.turn(self._slots):
                    self._check_rest(lane)
                    begun = time.monotonic()
                    try:
                        cookie = cookie_for(cookies, url)
                        met.append(await self._send(url, wanted, cookie, first=not met))
                    finally:
                        seconds += time.monotonic() - begun
                keep_cookies(cookies, url, met[-1])
                before, is_refresh = url, met[-1].status == 200
                location = location_of(met[-1], wanted)
                if location is None:
                    return _answered(wanted, met, url, seconds)
                url = target_of(url, location)
                place = (url, cookie_for(cookies, url))
                if is_refresh and (place in seen or url == before):
                    return _answered(wanted, met, before, seconds)
                if place in seen:
                    raise FetchError(Outcome.REDIRECTS, "the redirects go in a circle")
                if len(met) > self._settings.redirects:
                    raise FetchError(
                        Outcome.REDIRECTS, f"more than {self._settings.redirects} redirects"
                    )
                seen.add(place)
                await self._check_host(url, wanted)
        except Exception as error:  # noqa: BLE001 (of_fault names what is not the network's)
            outcome, detail = of_fault(error)
            ended = _ended(wanted, outcome, detail, url, met, seconds)
            return replace(
                ended,
                transferred=ended.transferred
                + (error.transferred if isinstance(error, FetchError) else 0),
            )

    async def _check_host(self, url: httpx.URL, wanted: Wanted) -> str | None:
        """Raise FetchError where the host is left alone, robots.txt forbids the address or, where
        reservations are respected, the host reserves it. Return the host's reservation.
        """
        lane = self.hosts.lane(str(url))
        self._check_rest(lane)
        if wanted.kind == "robots":
            return None
        robots = await self._robots_of(robots_url(str(url)))
        if robots.fault:
            raise FetchError(*robots.fault)
        lane.ask_for_delay(robots.delay)
        if not robots.allows(str(url.copy_with(userinfo=b"")), wanted.user_agent):
            raise FetchError(Outcome.ROBOTS, "robots.txt does not allow it")
        if wanted.kind not in PAGES:
            return None
        rules = await self._reservations_of(rules_url(str(url)))
        location = rules.of(str(url))
        lane.reserve(rules.text)
        reservation = f"tdmrep.json reserves {location}" if location else None
        if reservation and self._settings.respect_reservations:
            raise FetchError(Outcome.RESERVED, reservation)
        return reservation

    def _check_rest(self, lane: Lane) -> None:
        if until := lane.left_alone_until():
            raise FetchError(
                Outcome.LEFT_ALONE,
                f"{lane.state.host} is left alone until {until:%Y-%m-%d %H:%M:%S} UTC",
            )

    async def _robots_of(self, url: str) -> Robots:
        """Return the rules at a robots.txt's address, which are asked for once."""
        if url not in self._robots:
            self._robots[url] = asyncio.ensure_future(self._rules(url))
        return await asyncio.shield(self._robots[url])

    async def _reservations_of(self, url: str) -> Reservations:
        """Return the rules at a tdmrep.json's address, which are asked for once."""
        if url not in self._reservations:
            self._reservations[url] = asyncio.ensure_future(self._reservation_rules(url))
        return await asyncio.shield(self._reservations[url])

    async def _fetch_reservations(self, url: str) -> Reservations:
        return read_rules((await self.fetch(Wanted(url, "robots"))).content)

    async def _fetch_rules(self, url: str) -> Robots:
        found = await self.fetch(Wanted(url, "robots"))
        return read_robots(found.outcome, found.detail, found.content)

    async def _send(self, url: httpx.URL, wanted: Wanted, cookie: str, *, first: bool) -> Exchange:
        is_rules = wanted.kind == "robots"
        limit = (
            self._settings.page_limit
            if wanted.kind in ("page", "section")
            else ROBOTS_LIMIT
            if is_rules
            else self._settings.listing_limit
        )
        return await exchange(
            self._transport,
            url.copy_with(userinfo=b"", fragment=None),
            _request_headers(url, wanted, cookie, self._settings.user_agent, first=first),
            self._settings,
            limit,
            KINDS[wanted.kind],
            is_cut_short=is_rules,
        )


def _request_headers(
    url: httpx.URL, wanted: Wanted, cookie: str, user_agent: str, *, first: bool
) -> Headers:
    """Return what is sent with a request. Credentials and validators go with the first of a chain
    alone; `user_agent` is our own name.
    """
    headers: Headers = [
        ("User-Agent", wanted.user_agent or user_agent),
        ("Accept", ACCEPT),
        ("Accept-Encoding", "gzip"),
    ]
    if first and url.userinfo:
        word = base64.b64encode(unquote(url.userinfo.decode("ascii", "replace")).encode())
        headers.append(("Authorization", f"Basic {word.decode()}"))
    if cookie:
        headers.append(("Cookie", cookie))
    if first and wanted.etag:
        headers.append(("If-None-Match", wanted.etag))
    if first and wanted.last_modified:
        headers.append(("If-Modified-Since", wanted.last_modified))
    return headers


def _answered(wanted: Wanted, met: list[Exchange], url: httpx.URL, seconds: float) -> Fetched:
    """Return how the last response ends the fetch."""
    last = met[-1]
    if last.status == 200:
        outcome, detail = Outcome.OK, ""
    elif last.status == 304 and (wanted.etag or wanted.last_modified):
        outcome, detail = Outcome.UNCHANGED, "not modified"
    else:
        outcome, detail = of_status(last.status), f"status {last.status} {last.reason[:80]}".strip()
    return _ended(wanted, outcome, detail, url, met, seconds)


def _ended(
    wanted: Wanted,
    outcome: Outcome,
    detail: str,
    url: httpx.URL | None = None,
    met: Sequence[Exchange] = (),
    seconds: float = 0.0,
) -> Fetched:
    at = met[-1].sent_at if met else datetime.now(UTC)
    found_at = mask_url(str(url.copy_with(fragment=None))) if url else wanted.url
    return Fetched(
        wanted, outcome, detail, found_at, at, 1, sum(len(e.raw) for e in met), seconds, tuple(met)
    )
