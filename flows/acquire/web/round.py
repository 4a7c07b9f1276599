"""One round of fetching: listings first, then the pages they list that are new or due; each host by
a worker of its own.

Everything that is fetched goes to the raw store at once, and what an earlier round left there
unloaded is used instead of being fetched again: so a round that is killed loses nothing, and memory
holds no bodies but those under way. Nothing is read from or written to the warehouse here; `Memory`
is how the round asks what is known.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flows.acquire.link import Link
from flows.acquire.raw.files import RawStoreError
from flows.acquire.raw.record import FetchRecord, Stored
from flows.acquire.raw.store import RawStore
from flows.acquire.web.complete import Complete, Tally
from flows.acquire.web.fetched import Fetched, Wanted
from flows.acquire.web.fetcher import Fetcher
from flows.acquire.web.host_files import HostFiles, stored_content
from flows.acquire.web.hosts import Hosts, host_of
from flows.acquire.web.jobs import Harvest, Job, Memory, Way
from flows.acquire.web.known import KnownAddresses
from flows.acquire.web.listings import Listed, detect_kind, listed
from flows.acquire.web.masking import MASK, mask_url, url_key
from flows.acquire.web.outcomes import CONSEQUENCES
from flows.acquire.web.patience import CutError, Patience
from flows.acquire.web.render import Renderer, make_renderer, rendered
from flows.acquire.web.schedule import UrlState, left_over
from flows.acquire.web.settings import FetchSettings
from schemas.fetch_outcomes import FetchOutcome

FRESH_LISTING = timedelta(hours=1)
"""A listing that an earlier round fetched but no run loaded is read instead of being fetched again,
if it is no older than this.
"""

MAX_OLDER = 10
"""Older pages of a feed that are read after it has rolled over."""


class Round:
    """A round under way."""

    def __init__(
        self,
        settings: FetchSettings,
        store: RawStore,
        memory: Memory,
        recovered: Iterable[FetchRecord] = (),
        done: Callable[[FetchRecord], None] = lambda _: None,
        completed: Callable[[Complete], None] = lambda _: None,
    ) -> None:
        """`recovered` are fetches that the store holds and no run has loaded; `done` hears of every
        address as it ends, `completed` of every source whose addresses were all asked for.
        """
        self._settings = settings
        self._store = store
        self._memory = memory
        self._done = done
        self._tally = Tally(completed)
        self._now = datetime.now(UTC)
        self._known = KnownAddresses(settings, memory, self._now)
        self._queued: set[str] = set()
        self._counts: Counter[tuple[str | None, str]] = Counter()
        self._queues: dict[str, deque[Job]] = defaultdict(deque)
        self._at_work: set[str] = set()
        self._done_hosts: set[str] = set()
        files = HostFiles(self._known, store, self._ask, settings.page_limit)
        self._fetcher = Fetcher(
            settings, Hosts(settings, memory.host), files.robots, files.reservations
        )
        self._patience = Patience(
            settings, self._fetcher.hosts, self._queues, self._at_work, self._done_hosts
        )
        self._ways: dict[str, Way] = {}
        self._renderer: Renderer | None = None
        self._recovered = tuple(recovered)
        self._group: asyncio.TaskGroup

    async def run(
        self,
        jobs: Sequence[Job],
        due_sources: Mapping[str, float | None],
        ways: Mapping[str, Way] | None = None,
    ) -> Harvest:
        """Get `jobs`, what they list, and the known pages of `due_sources` (with their delays) that
        are due. `ways` are the sources that are fetched otherwise than the rest.

        Raises InputError where a page is to be rendered and the renderer cannot be had.
        """
        self._ways = dict(ways or {})
        if any(way.is_rendered for way in self._ways.values()):
            self._renderer = make_renderer(self._settings)
        try:
            return await self._run(jobs, due_sources)
        finally:
            if self._renderer:
                await self._renderer.close()

    async def _run(self, jobs: Sequence[Job], due_sources: Mapping[str, float | None]) -> Harvest:
        await self._known.recall([record.url_key for record in self._recovered])
        for record in self._recovered:
            self._known.keep_recovered(record)
            self._tally.keep_recovered(record)
            self._hold_against(record)
        self._patience.begin()
        async with self._fetcher, asyncio.TaskGroup() as self._group:
            await self._add(jobs)
            due = await asyncio.to_thread(
                self._memory.due, list(due_sources), self._now, self._settings.pages_a_source
            )
            await self._add(
                [
                    Job(s.url, s.url_key, "page", s.source_id, due_sources.get(s.source_id or ""))
                    for s in due
                ]
            )
            self._tally.all_asked()
            self._group.create_task(self._patience.watch())
        records, states = self._known.in_order()
        return Harvest(records, (*states, *self._left_over()), tuple(self._fetcher.hosts.states()))

    def _hold_against(self, record: FetchRecord) -> None:
        """Remember of a host what a fetch of an earlier round says of it, as if it had been fetched
        now.
        """
        if record.outcome == FetchOutcome.BAD_ADDRESS or not _host(record.final_url):
            return
        lane = self._fetcher.hosts.lane(record.final_url)
        if CONSEQUENCES[FetchOutcome(record.outcome)].host_fault:
            lane.failed()
        elif record.http_status is not None:
            lane.went_well()

    async def _add(self, jobs: Sequence[Job]) -> None:
        """Queue the jobs that are new or due and not queued yet, each behind its host's others; set
        its host's worker to work.
        """
        await self._known.recall(job.url_key for job in jobs)
        for job in jobs:
            if job.url_key in self._queued or not self._is_wanted(job):
                continue
            self._queued.add(job.url_key)
            self._counts[job.source_id, job.kind] += 1
            self._tally.add(job)
            job = self._known.as_it_worked(job)
            host = _host(job.url)
            self._queues[host].append(job)
            if host not in self._at_work:
                self._at_work.add(host)
                self._group.create_task(self._work(host))

    def _is_wanted(self, job: Job) -> bool:
        if job.is_asked:
            return True
        most = {
            "page": self._settings.pages_a_source,
            "sitemap": self._settings.sitemaps_a_source,
        }.get(job.kind)
        if most is not None and self._counts[job.source_id, job.kind] >= most:
            return False
        return self._known.is_due(job)

    async def _work(self, host: str) -> None:
        queue = self._queues[host]
        try:
            while queue and self._patience.has_time(host):
                job = queue[0]
                if not self._is_resting(job):
                    await self._get_alone(job)
                queue.popleft()
                self._tally.done(job)
            if host and not queue:
                self._done_hosts.add(host)
                self._fetcher.hosts.lane(job.url).kept_up()
        except CutError:
            self._fetcher.hosts.lane(queue[0].url).was_cut()
        finally:
            self._at_work.discard(host)

    def _left_over(self) -> list[UrlState]:
        """Return the pages that were not asked for, as due now: the next run asks for them before
        anything that it finds.
        """
        return [
            left_over(job.url, job.url_key, job.source_id, self._now)
            for queue in self._queues.values()
            for job in queue
            if job.kind == "page" and not self._known.state(job.url_key) and MASK not in job.url_key
        ]

    def _is_resting(self, job: Job) -> bool:
        """Whether a page's host is left alone: nobody asks, and the page stays due. A listing tells
        that its source brings nothing.
        """
        return (
            job.kind == "page"
            and not job.is_asked
            and bool(_host(job.url))
            and bool(self._fetcher.hosts.resting(job.url))
        )

    async def _get_alone(self, job: Job) -> None:
        """Get one address; a fault of our own in it costs this address alone."""
        try:
            await self._get(job)
        except (RawStoreError, CutError):
            raise
        except Exception as error:
            detail = f"{type(error).__name__}: {error}"[:500]
            logging.getLogger(__name__).exception("%s of source %s", job.url, job.source_id)
            kind = "page" if job.kind == "any" else job.kind
            wanted = Wanted(job.url, kind, job.source_id)
            fetched = Fetched(wanted, FetchOutcome.UNEXPECTED, detail, job.url, datetime.now(UTC))
            self._keep(job, await asyncio.to_thread(self._store.append, fetched, job.url_key, None))

    async def _get(self, job: Job) -> None:
        """Fetch one address, or take it from what an earlier round fetched; then go on with what it
        lists.
        """
        record, found = self._known.recovered.get(job.url_key), Listed()
        before = self._known.state(job.url_key)
        is_stale = (
            record is not None
            and record.kind != "page"
            and record.fetched_at < self._now - FRESH_LISTING
        )
        if record is None or is_stale:
            record, found = await self._fetch(job)
            self._keep(job, record)
        elif record.kind != "page":
            found = await self._listed_before(job, record.kind)
        await self._add([_listed_by(job, url, url_key(url), "sitemap") for url in found.sitemaps])
        if found.older and await self._has_gap(job, before, found):
            await self._add(
                [
                    replace(
                        job, url=found.older, url_key=url_key(found.older), kind="feed",
                        age=job.age + 1, is_asked=True,
                    )
                ]
            )  # fmt: skip
        newest = sorted(found.links, key=_newest_first)
        await self._add([_listed_by(job, link.url, mask_url(link.key), "page") for link in newest])

    def _keep(self, job: Job, record: FetchRecord) -> None:
        self._known.keep(record)
        self._tally.keep(job, record)
        self._done(record)

    async def _has_gap(self, job: Job, before: UrlState | None, found: Listed) -> bool:
        """Whether a feed may have rolled over since it was last read: it was read before, and of
        the pages that it lists now none is known. Then its older pages are read too, until one
        lists a page that is known.
        """
        if job.age == MAX_OLDER or (job.age == 0 and (before is None or before.stored is None)):
            return False
        keys = [mask_url(link.key) for link in found.links]
        await self._known.recall(keys)
        return bool(keys) and not any(self._known.state(key) for key in keys)

    async def _fetch(self, job: Job) -> tuple[FetchRecord, Listed]:
        before = self._known.state(job.url_key)
        if job.fault:
            wanted = Wanted(job.url, job.kind, job.source_id)
            fetched = Fetched(wanted, FetchOutcome.BAD_ADDRESS, job.fault, job.url, self._now)
            return await asyncio.to_thread(self._store.append, fetched, job.url_key, None), Listed()
        way = self._ways.get(job.source_id or "", Way())
        fetched, kept = await self._ask(
            Wanted(job.url, job.kind, job.source_id, delay=job.delay, user_agent=way.user_agent),
            before,
        )
        if self._renderer and way.is_rendered and job.kind == "page":
            fetched = await rendered(fetched, self._renderer)
        kind, found = job.kind, Listed()
        if kind == "any":
            kind = (
                detect_kind(fetched.content)
                if fetched.outcome is FetchOutcome.OK
                else before.kind
                if before
                else "page"
            )
        if kind != "page" and fetched.outcome is FetchOutcome.OK:
            found = await self._read(job, kind, fetched.content, fetched.url, fetched.content_type)
            self._known.learn(job.source_id, found.identity)
            if found.fault:
                fetched = replace(fetched, outcome=FetchOutcome.CONTENT_TYPE, detail=found.fault)
            elif found.note:
                fetched = replace(fetched, detail=found.note)
        fetched = replace(fetched, wanted=replace(fetched.wanted, kind=kind))
        record = await asyncio.to_thread(
            self._store.append, fetched, job.url_key, kept, found.identity
        )
        if kind != "page" and fetched.outcome is FetchOutcome.UNCHANGED:
            found = await self._listed_before(job, kind)
        return record, found

    async def _read(
        self, job: Job, kind: str, content: bytes, url: str, content_type: str | None
    ) -> Listed:
        """Return what the content of a listing lists."""
        names = self._known.names_of(job.source_id)
        return await asyncio.to_thread(
            listed, kind, content, url, job.source_id, content_type, names
        )

    async def _ask(self, wanted: Wanted, before: UrlState | None) -> tuple[Fetched, Stored | None]:
        """Fetch, conditionally where the store holds the page; without its bytes a 304 would be
        worth nothing.
        """
        kept = before.stored if before else None
        if before and kept and (self._store.folder / kept.warc_file).is_file():
            wanted = replace(wanted, etag=before.etag, last_modified=before.last_modified)
        else:
            kept = None
        asked = self._fetcher.fetch(wanted)
        return await self._patience.ask(_host(wanted.url), asked), kept

    async def _listed_before(self, job: Job, kind: str) -> Listed:
        """Return what a listing lists as the store holds it: pages that were not got when it was
        fetched are due now.
        """
        state = self._known.state(job.url_key)
        content = await stored_content(self._store, state, self._settings.listing_limit)
        if state is None or content is None:
            return Listed()
        return await self._read(job, kind, content, state.final_url, state.content_type)


def _listed_by(job: Job, url: str, key: str, kind: str) -> Job:
    """Return the job for an address that another one lists."""
    return Job(url, key, kind, job.source_id, job.delay, named_host=job.named_host)


def _newest_first(link: Link) -> float:
    told = link.published_at or link.changed_at
    return -told.timestamp() if told else 0.0


def _host(url: str) -> str:
    try:
        return host_of(url)
    except ValueError:
        return ""
