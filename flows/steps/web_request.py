"""What a run asks of the web, and what fetching gives it: plain values, without the network.

Only runs that fetch import `fetch.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from flows.acquire.find.lists import list_links
from flows.acquire.page import PageRef
from flows.acquire.schedule_match import is_time
from flows.acquire.sources import Source
from flows.acquire.web.hosts import host_of
from flows.acquire.web.jobs import Job, Way
from flows.acquire.web.masking import url_key
from flows.acquire.web.schedule import UrlState
from flows.config.errors import InputError
from flows.link.address import MAX_CHARACTERS
from flows.progress import reporter
from schemas import Row

WEB = ("http://", "https://")

LISTING_KINDS = (("feeds", "feed"), ("sitemaps", "sitemap"), ("sections", "section"))
"""Keys of a source whose addresses list pages, and what each is."""

MAX_LIST_FAULTS = 20
"""Invalid lines of a list that are recorded one by one."""


@dataclass(frozen=True, slots=True)
class WebRequest:
    """What is asked of the web: addresses, and the sources (with their delays, in seconds) whose
    known pages are looked at when due.

    `schedules` are the cron schedule and time zone of the sources that have one, `ways` how some
    sources are fetched otherwise than the rest.
    """

    jobs: tuple[Job, ...] = ()
    due_sources: Mapping[str, float | None] | None = None
    schedules: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    ways: Mapping[str, Way] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.jobs) or bool(self.due_sources)


@dataclass(frozen=True, slots=True)
class Fetches:
    """What a run fetched: pages in the raw store, addresses that gave none, and the rows of the
    three tables of fetching.
    """

    refs: tuple[PageRef, ...] = ()
    failed: tuple[tuple[PageRef, str], ...] = ()
    rows: Mapping[str, list[Row]] | None = None


def web_request(
    urls: Sequence[str], sources: Sequence[Source], sources_file: Path | None
) -> WebRequest:
    """Return what to ask of the web: `urls`, or without any input what the enabled sources list.

    Raises InputError where one of `urls` is none. A list of addresses that cannot be read, or a
    line of it, is a job that records its fault.
    """
    ways = {
        source.id: Way(source.user_agent, source.render)
        for source in sources
        if source.user_agent or source.render
    }
    if urls:
        return WebRequest(tuple(_asked(url, sources) for url in urls), ways=ways)
    jobs: list[Job] = []
    base = sources_file.parent if sources_file else Path()
    on_web = [s for s in sources if s.enabled and (s.feeds or s.sitemaps or s.sections or s.lists)]
    for source in on_web:
        for key, kind in LISTING_KINDS:
            jobs += [
                Job(url, url_key(url), kind, source.id, source.delay)
                for url in getattr(source, key)
            ]
        for name in source.lists:
            jobs += _list_jobs(base / name, source)
    schedules = {
        source.id: (source.schedule, source.timezone) for source in on_web if source.schedule
    }
    _report_twins(on_web)
    delays = {source.id: source.delay for source in on_web}
    return WebRequest(tuple(jobs), delays, schedules, ways)


def _report_twins(sources: Sequence[Source]) -> None:
    """Say which listings stand under two sources: their pages count for the first."""
    owner: dict[str, str] = {}
    for source in sources:
        for place in (*source.feeds, *source.sitemaps, *source.sections):
            first = owner.setdefault(url_key(place), source.id)
            if first != source.id:
                reporter().say(
                    f"{place} is listed by the sources {first} and {source.id}; "
                    f"its pages count for {first}"
                )


def _list_jobs(path: Path, source: Source) -> Iterator[Job]:
    """Yield the addresses of one list, and what of it cannot be read."""
    faults: list[str] = []
    try:
        links = list_links(path.read_bytes(), str(path), source.id, faults)
    except (OSError, InputError) as error:
        links, faults = (), [f"{path} cannot be read: {error}"]
    if len(faults) > MAX_LIST_FAULTS:
        faults[MAX_LIST_FAULTS:] = [f"{path}: {len(faults) - MAX_LIST_FAULTS} more invalid lines"]
    for number, fault in enumerate(faults):
        place = f"{path}#{number}"
        yield Job(place, place, "list", source.id, fault=fault)
    for link in links:
        yield Job(link.url, url_key(link.url), "page", source.id, source.delay)


def due_now(request: WebRequest, states: Mapping[str, UrlState], now: datetime) -> WebRequest:
    """Return what is asked for without the sources whose schedule had no time since they were last
    asked; `states` are of its addresses. A listing that failed is asked again when it is due,
    whatever the schedule: what it lists now may be gone at the next time.
    """
    asked_at: dict[str, datetime] = {}
    for job in request.jobs:
        if job.source_id and (state := states.get(job.url_key)):
            asked_at[job.source_id] = max(
                state.fetched_at, asked_at.get(job.source_id, state.fetched_at)
            )
    resting = {
        name
        for name, (cron, zone) in request.schedules.items()
        if not is_time(cron, zone, asked_at.get(name), now)
    }
    if not resting:
        return request
    due_sources = {
        name: delay for name, delay in (request.due_sources or {}).items() if name not in resting
    }
    return replace(
        request,
        jobs=tuple(
            job
            for job in request.jobs
            if job.source_id not in resting or _is_retry(job, states.get(job.url_key), now)
        ),
        due_sources=due_sources,
    )


def _is_retry(job: Job, state: UrlState | None, now: datetime) -> bool:
    """Whether a job is a listing that failed when it was last asked and is due again."""
    return (
        job.kind != "page" and state is not None and state.failure_count > 0 and state.is_due(now)
    )


def _asked(url: str, sources: Sequence[Source]) -> Job:
    """Return the job for an address that somebody gave; it belongs to the source whose site it is
    on.
    """
    try:
        host = host_of(url).partition(":")[0]
    except ValueError as error:
        raise InputError(f"{url} is no address: {error}") from error
    if len(url) > MAX_CHARACTERS:
        raise InputError(
            f"{url[:60]}… is not a URL that can be fetched: it has {len(url):,} characters, "
            f"more than {MAX_CHARACTERS:,}"
        )
    owner = next((s for s in sources if host == s.site or host.endswith(f".{s.site}")), None)
    return Job(
        url,
        url_key(url),
        "any",
        owner.id if owner else None,
        owner.delay if owner else None,
        is_asked=True,
        named_host="" if owner else host,
    )


def split_inputs(inputs: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return (addresses of the web, everything else), in order."""
    given = list(inputs)
    return [g for g in given if g.startswith(WEB)], [g for g in given if not g.startswith(WEB)]
