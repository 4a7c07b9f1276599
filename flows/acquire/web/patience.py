"""How long a round waits for slow hosts: they cost their own pages, not those of the others.

Once every host that keeps up is done, the slow ones get a share of the time that the others took,
twice as much for each run in a row in which they were cut short. A slow host also has a bound of
its own, whatever the others do. A host that keeps up but has many pages or long pauses has a bound
once another host is done. Hosts whose addresses somebody named are waited for.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Coroutine, Mapping
from typing import Any

from flows.acquire.web.fetched import Fetched
from flows.acquire.web.hosts import Hosts
from flows.acquire.web.jobs import Job
from flows.acquire.web.settings import FetchSettings

SLOW_SECONDS = 2.0
"""A host is slow whose last requests took longer on average, or whose request under way does:
news servers answer within half a second.
"""

MIN_PATIENCE, PATIENCE_SHARE = 2.0, 0.15
"""How long slow hosts are waited for when all others are done: seconds, and the share of the time
that the others took, whichever is more. Together with WATCH_SECONDS a run of ten seconds or more
stays within 1.3 times of what it takes without the slow hosts.
"""

WATCH_SECONDS = 0.1


class CutError(Exception):
    """The host of a job was too slow: the job is left for the next run."""


class Patience:
    """Watches the hosts of a round. `at_work` are the hosts that are asked now, `done` those of
    which everything was asked; both are the round's.
    """

    def __init__(
        self,
        settings: FetchSettings,
        hosts: Hosts,
        queues: Mapping[str, deque[Job]],
        at_work: set[str],
        done: set[str],
    ) -> None:
        self._settings = settings
        self._hosts, self._queues, self._at_work, self._done = hosts, queues, at_work, done
        self._asking: dict[str, set[asyncio.Task[Fetched]]] = defaultdict(set)
        self._cut: set[str] = set()
        self._begun = 0.0

    def begin(self) -> None:
        """The round begins now."""
        self._begun = asyncio.get_running_loop().time()

    def has_time(self, host: str) -> bool:
        """Whether a host may be asked for one thing more in this round."""
        minutes = (asyncio.get_running_loop().time() - self._begun) / 60
        if minutes >= self._settings.run_minutes:
            return False
        is_bound = bool(self._done - {host}) and not self._is_named(host)
        return not is_bound or minutes < self._settings.host_minutes

    async def ask(self, host: str, asked: Coroutine[Any, Any, Fetched]) -> Fetched:
        """Return what asking a host gives; raises CutError where the host is cut short."""
        if host in self._cut:
            asked.close()
            raise CutError(host)
        task = asyncio.ensure_future(asked)
        self._asking[host].add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if task.cancelled() and host in self._cut:
                raise CutError(host) from None
            raise
        finally:
            self._asking[host].discard(task)

    async def watch(self) -> None:
        """Cut short the hosts that hold the others back, until no host is at work."""
        loop = asyncio.get_running_loop()
        alone_since = 0.0
        while self._at_work:
            await asyncio.sleep(WATCH_SECONDS)
            now = loop.time()
            slow = {host for host in self._at_work if self._is_slow(host)}
            for host in slow:
                if now - self._begun > self._settings.slow_host_minutes * 60:
                    self._cut_short(host)
            if not self._done or slow != self._at_work:
                alone_since = 0.0
                continue
            alone_since = alone_since or now
            share = max(MIN_PATIENCE, PATIENCE_SHARE * (alone_since - self._begun))
            for host in slow:
                cuts = self._hosts.lane(self._queues[host][0].url).state.cut_count
                if now - alone_since > share * 2 ** min(cuts, 10):
                    self._cut_short(host)

    def _is_slow(self, host: str) -> bool:
        queue = self._queues[host]
        if not host or not queue or self._is_named(host):
            return False
        return self._hosts.lane(queue[0].url).is_slow(SLOW_SECONDS)

    def _is_named(self, host: str) -> bool:
        """Whether somebody named an address that the host is still to be asked for."""
        return any(job.is_asked for job in self._queues[host])

    def _cut_short(self, host: str) -> None:
        self._cut.add(host)
        for task in self._asking[host]:
            task.cancel()
