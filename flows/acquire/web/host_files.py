"""The files in which a host says what it allows: robots.txt and tdmrep.json, each got once a round,
and not again while an earlier run's copy holds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from flows.acquire.page import UnreadablePageError
from flows.acquire.raw.record import Stored
from flows.acquire.raw.store import RawStore
from flows.acquire.warc import read_record
from flows.acquire.web.fetched import Fetched, Wanted
from flows.acquire.web.known import KnownAddresses
from flows.acquire.web.outcomes import CONSEQUENCES, WELL
from flows.acquire.web.reservation import Reservations, read_rules
from flows.acquire.web.robots import Robots, read_robots
from flows.acquire.web.schedule import UrlState
from schemas.fetch_outcomes import FetchOutcome

Ask = Callable[[Wanted, UrlState | None], Awaitable[tuple[Fetched, Stored | None]]]
"""Fetches an address, conditionally where the store holds it; returns the fetch and what the store
holds.
"""


async def stored_content(store: RawStore, state: UrlState | None, limit: int) -> bytes | None:
    """Return an address's content as the store holds it; None where it holds none that can be read,
    or more than `limit` bytes.
    """
    kept = state.stored if state else None
    if kept is None:
        return None
    file = store.folder / kept.warc_file
    try:
        return await asyncio.to_thread(read_record, file, kept.warc_offset, 0, limit)
    except UnreadablePageError:
        return None


class HostFiles:
    """Gets the files of hosts through `ask`, and keeps what was got."""

    def __init__(self, known: KnownAddresses, store: RawStore, ask: Ask, limit: int) -> None:
        """`limit` is in bytes."""
        self._known, self._store, self._ask, self._limit = known, store, ask, limit

    async def robots(self, url: str) -> Robots:
        """Return the rules at a robots.txt's address."""
        return read_robots(*await self._get(url))

    async def reservations(self, url: str) -> Reservations:
        """Return the rules at a tdmrep.json's address."""
        return read_rules((await self._get(url))[2])

    async def _get(self, url: str) -> tuple[FetchOutcome, str, bytes]:
        """Return how getting a file ended, the detail, and its content."""
        await self._known.recall([url])
        before = self._known.state(url)
        if before and not self._known.is_due_at(url):
            outcome = FetchOutcome(before.outcome)
            if outcome in WELL:
                content = await stored_content(self._store, before, self._limit)
                if content is not None:
                    return FetchOutcome.OK, "", content
            elif not CONSEQUENCES[outcome].host_fault:
                return outcome, "", b""
        fetched, kept = await self._ask(Wanted(url, "robots"), before)
        self._known.keep(await asyncio.to_thread(self._store.append, fetched, url, kept))
        if fetched.outcome is FetchOutcome.UNCHANGED:
            content = await stored_content(self._store, self._known.state(url), self._limit)
            return FetchOutcome.OK, "", content or b""
        return fetched.outcome, fetched.detail, fetched.content
