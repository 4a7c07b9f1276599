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
from flows.acquire.page import UnreadablePageError
from flows.acquire.raw.record import FetchRecord, Stored
from flows.acquire.raw.store import RawStore, RawStoreError
from flows.acquire.warc import read_record
from flows.acquire.web.fetched import Fetched, Wanted
from flows.acquire.web.fetcher import Fetcher
from flows.acquire.web.hosts import Hosts, host_of
from flows.acquire.web.jobs import Harvest, Job, Memory, Way
from flows.acquire.web.listings import Listed, detect_kind, listed
from flows.acquire.web.masking import MASK, mask_url, url_key
from flows.acquire.web.outcomes import CONSEQUENCES, WELL
from flows.acquire.web.patience import CutError, Patience
from flows.acquire.web.render import Renderer, RenderError, make_renderer
from flows.acquire.web.reservation import Reservations, read_rules
from flows.acquire.web.robots import Robots, read_robots
from flows.acquire.web.schedule import UrlState, left_over, next_state
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
    ) -> None:
        """`recovered` are fetches that the store holds and no run has loaded; `done` hears of every
        address as it ends.
        """
        self._settings = settings
        self._store = store
        self._memory = memory
        self._done = done
        self._now = datetime.now(UTC)
        self._states: dict[str, UrlState] = {}
        self._records: list[FetchRecord] = []
        self._found: dict[str, FetchRecord] = {}
        self._queued: set[str] = set()
        self._identity: dict[str, frozenset[str]] = {}
        self._counts: Counter[tuple[str | None, str]] = Counter()
        self._queues: dict[str, deque[Job]] = defaultdict(deque)
        self._at_work: set[str] = set()
        self._done_hosts: set[str] = set()
        self._fetcher = Fetcher(
            settings, Hosts(settings, memory.host), self._rules, self._reservation_rules
        )
        self._patience = Patience(
            settings, self._fetcher.hosts, self._queues, self._at_work, self._done_hosts
        )
        self._ways: dict[str, Way] = {}
        self._renderer: Renderer | None = None
        self._recovered = tuple(recovered)
        self._deadline = 0.0
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
        await self._know([record.url_key for record in self._recovered])
        for record in self._recovered:
            self._keep(record)
            self._found[record.url_key] = record
            self._hold_against(record)
        self._deadline = asyncio.get_running_loop().time() + self._settings.run_minutes * 60
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
            self._group.create_task(self._patience.watch())
        left = self._left_over()
        order = sorted(self._records, key=lambda r: (r.url_key, r.fetched_at))
        states = tuple(
            self._states[key] for key in dict.fromkeys(record.url_key for record in order)
        )
        return Harvest(tuple(order), (*states, *left), tuple(self._fetcher.hosts.states()))

    async def _know(self, keys: Iterable[str]) -> None:
        """Ask the memory for addresses that were not yet asked for."""
        new = [key for key in dict.fromkeys(keys) if key not in self._states]
        if new:
            found = await asyncio.to_thread(self._memory.states, new)
            self._states |= found
            for state in found.values():
                self._learn(state.source_id, (state.identity_parameters or "").split())

    def _keep(self, record: FetchRecord) -> None:
        self._records.append(record)
        self._states[record.url_key] = next_state(
            self._states.get(record.url_key), record, self._settings
        )

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
        await self._know(job.url_key for job in jobs)
        for job in jobs:
            if job.url_key in self._queued or not self._is_wanted(job):
                continue
            self._queued.add(job.url_key)
            state = self._states.get(job.url_key)
            self._counts[job.source_id, job.kind] += 1
            if (
                job.kind in ("page", "any")
                and state
                and state.kind == "page"
                and state.failure_count == 0
                and MASK not in state.url
            ):
                job = replace(
                    job, url=state.url
                )  # the variant that is known to work: one address, one place in the ledger
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
        if job.url_key in self._found:
            return job.kind != "page"
        state = self._states.get(job.url_key)
        return state is None or state.is_due(self._now)

    async def _work(self, host: str) -> None:
        queue = self._queues[host]
        try:
            while queue and asyncio.get_running_loop().time() < self._deadline:
                job = queue[0]
                if not self._is_resting(job):
                    await self._get_alone(job)
                queue.popleft()
            if not queue:
                self._done_hosts.add(host)
                if host:
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
            if job.kind == "page" and job.url_key not in self._states and MASK not in job.url_key
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
            record = await asyncio.to_thread(self._store.append, fetched, job.url_key, None)
            self._keep(record)
            self._done(record)

    async def _get(self, job: Job) -> None:
        """Fetch one address, or take it from what an earlier round fetched; then go on with what it
        lists.
        """
        record, found = self._found.get(job.url_key), Listed()
        before = self._states.get(job.url_key)
        is_stale = (
            record is not None
            and record.kind != "page"
            and record.fetched_at < self._now - FRESH_LISTING
        )
        if record is None or is_stale:
            record, found = await self._fetch(job)
            self._keep(record)
            self._done(record)
        elif record.kind != "page":
            found = await self._listed_before(job, record.kind)
        await self._add(
            [Job(url, url_key(url), "sitemap", job.source_id, job.delay) for url in found.sitemaps]
        )
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
        await self._add(
            [Job(link.url, mask_url(link.key), "page", job.source_id, job.delay) for link in newest]
        )

    async def _has_gap(self, job: Job, before: UrlState | None, found: Listed) -> bool:
        """Whether a feed may have rolled over since it was last read: it was read before, and of
        the pages that it lists now none is known. Then its older pages are read too, until one
        lists a page that is known.
        """
        if job.age == MAX_OLDER or (job.age == 0 and (before is None or before.stored is None)):
            return False
        keys = [mask_url(link.key) for link in found.links]
        await self._know(keys)
        return bool(keys) and not any(key in self._states for key in keys)

    async def _fetch(self, job: Job) -> tuple[FetchRecord, Listed]:
        before = self._states.get(job.url_key)
        if job.fault:
            wanted = Wanted(job.url, job.kind, job.source_id)
            fetched = Fetched(wanted, FetchOutcome.BAD_ADDRESS, job.fault, job.url, self._now)
            return await asyncio.to_thread(self._store.append, fetched, job.url_key, None), Listed()
        way = self._ways.get(job.source_id or "", Way())
        fetched, kept = await self._ask(
            Wanted(job.url, job.kind, job.source_id, delay=job.delay, user_agent=way.user_agent),
            before,
        )
        if way.is_rendered and job.kind == "page":
            fetched = await self._rendered(fetched)
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
            found = await asyncio.to_thread(
                listed,
                kind,
                fetched.content,
                fetched.url,
                job.source_id,
                fetched.content_type,
                self._kept_names(job.source_id),
            )
            self._learn(job.source_id, found.identity)
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

    async def _rendered(self, fetched: Fetched) -> Fetched:
        """Return a page as it is after its scripts have run, behind the response as it came. A page
        that cannot be rendered stays as it came, and the detail says why.
        """
        if self._renderer is None or fetched.outcome is not FetchOutcome.OK:
            return fetched
        came = fetched.exchanges[-1]
        try:
            content = await self._renderer.render(came.url)
        except RenderError as error:
            return replace(fetched, detail=f"not rendered: {error}")
        headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("X-Crawler-Renderer", self._renderer.name),
        ]
        made = replace(
            came,
            sent_at=datetime.now(UTC),
            headers=headers,
            raw=content,
            content=content,
            judged_type=None,
        )
        return replace(fetched, exchanges=(*fetched.exchanges, made), detail="rendered")

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
        state = self._states[job.url_key]
        content = await self._stored_content(state, self._settings.listing_limit)
        if content is None:
            return Listed()
        return await asyncio.to_thread(
            listed,
            kind,
            content,
            state.final_url,
            job.source_id,
            state.content_type,
            self._kept_names(job.source_id),
        )

    def _kept_names(self, source_id: str | None) -> frozenset[str]:
        """Return the parameters that tell the articles of a source apart, as far as is known."""
        return self._identity.get(source_id or "", frozenset())

    def _learn(self, source_id: str | None, names: Iterable[str]) -> None:
        if source_id and names:
            self._identity[source_id] = self._kept_names(source_id) | frozenset(names)

    async def _stored_content(self, state: UrlState, limit: int) -> bytes | None:
        kept = state.stored
        if kept is None:
            return None
        try:
            return await asyncio.to_thread(
                read_record, self._store.folder / kept.warc_file, kept.warc_offset, 0, limit
            )
        except UnreadablePageError:
            return None

    async def _rules(self, url: str) -> Robots:
        """Return a host's rules: as an earlier round got them, until they are due again; else they
        are fetched.
        """
        return read_robots(*await self._host_file(url))

    async def _reservation_rules(self, url: str) -> Reservations:
        """Return a host's reservations, in the same way."""
        return read_rules((await self._host_file(url))[2])

    async def _host_file(self, url: str) -> tuple[FetchOutcome, str, bytes]:
        """Return how getting a file of a host's rules ended, the detail, and its content."""
        await self._know([url])
        before = self._states.get(url)
        if before and not before.is_due(self._now):
            outcome = FetchOutcome(before.outcome)
            if (
                outcome in WELL
                and (content := await self._stored_content(before, self._settings.page_limit))
                is not None
            ):
                return FetchOutcome.OK, "", content
            if outcome not in WELL and not CONSEQUENCES[outcome].host_fault:
                return outcome, "", b""
        fetched, kept = await self._ask(Wanted(url, "robots"), before)
        self._keep(await asyncio.to_thread(self._store.append, fetched, url, kept))
        if fetched.outcome is FetchOutcome.UNCHANGED:
            content = await self._stored_content(self._states[url], self._settings.page_limit)
            return FetchOutcome.OK, "", content or b""
        return fetched.outcome, fetched.detail, fetched.content


def _newest_first(link: Link) -> float:
    told = link.published_at or link.changed_at
    return -told.timestamp() if told else 0.0


def _host(url: str) -> str:
    try:
        return host_of(url)
    except ValueError:
        return ""
