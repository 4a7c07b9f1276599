"""Tries a source: what each of its feeds, sitemaps, section pages, lists and files brings now, and
whether its newest page is an article.

Nothing is stored. `fail` means that the place brings nothing as it is written; `warn` that it
brings less than it should.
"""

from __future__ import annotations

import asyncio
import glob
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from flows.acquire.discover import discover
from flows.acquire.find.lists import list_links
from flows.acquire.link import Link
from flows.acquire.sources import Source
from flows.acquire.web.fetched import Fetched, Wanted
from flows.acquire.web.fetcher import Fetcher
from flows.acquire.web.listings import listed
from flows.acquire.web.masking import url_key
from flows.clean import clean_page
from flows.clean.rules import RuleError, load_rules
from flows.config.errors import InputError
from flows.link.address import is_same_site
from schemas.fetch_outcomes import FetchOutcome

State = Literal["ok", "warn", "fail"]
STATES: Sequence[State] = ("ok", "warn", "fail")

STALE = timedelta(days=14)
"""A source whose newest page is older is asked about: even a weekly has then missed one."""

PERMANENT = (301, 308)
"""Redirects that say that the old address is not to be used any more."""

MAX_CHILDREN = 3
"""Sitemaps of an index that are tried, those that changed last."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one place of a source brought. `kind` is its key in sources.yml, or `page` for the
    newest page; `detail` says what is wrong.
    """

    kind: str
    place: str
    state: State
    link_count: int | None = None
    newest_at: datetime | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """A source and what its places brought."""

    source: Source
    findings: tuple[Finding, ...]

    @property
    def state(self) -> State:
        """The worst of its places; warn where there is none."""
        return max((finding.state for finding in self.findings), key=STATES.index, default="warn")


async def try_sources(
    sources: Iterable[Source],
    folder: Path,
    fetcher: Fetcher,
    done: Callable[[Trial], None] = lambda _: None,
) -> list[Trial]:
    """Try all `sources` at once, hosts one request at a time; paths are relative to `folder`.
    `done` hears of each as it ends.
    """

    sources = tuple(sources)
    owners = _owners(sources)

    async def one(source: Source) -> Trial:
        try:
            trial = await _try(source, folder, fetcher)
        except Exception as error:
            logging.getLogger(__name__).exception("source %s", source.id)
            reason = f"{type(error).__name__}: {error}"
            trial = Trial(source, (Finding("source", source.id, "fail", detail=reason),))
        trial = replace(trial, findings=(*trial.findings, *_twins(source, owners)))
        done(trial)
        return trial

    return list(await asyncio.gather(*map(one, sources)))


def _owners(sources: Sequence[Source]) -> dict[str, list[str]]:
    """Return the ids of the sources that list each address, by its canonical form."""
    owners: dict[str, list[str]] = {}
    for source in sources:
        for place in {url_key(p) for p in (*source.feeds, *source.sitemaps, *source.sections)}:
            owners.setdefault(place, []).append(source.id)
    return owners


def _twins(source: Source, owners: Mapping[str, list[str]]) -> list[Finding]:
    """Return a warning for each listing that another source lists too: its pages would be counted
    for whichever comes first.
    """
    return [
        Finding(f"{kind}s", place, "warn", detail=f"also listed by the source {', '.join(others)}")
        for kind in ("feed", "sitemap", "section")
        for place in getattr(source, f"{kind}s")
        if (others := [one for one in owners[url_key(place)] if one != source.id])
    ]


async def _try(source: Source, folder: Path, fetcher: Fetcher) -> Trial:
    findings: list[Finding] = []
    links: dict[str, Link] = {}
    for kind, addresses in (
        ("feed", source.feeds),
        ("sitemap", source.sitemaps),
        ("section", source.sections),
    ):
        for address in addresses:
            finding, found = await _try_listing(kind, address, source, fetcher)
            findings.append(finding)
            links |= {link.key: link for link in found}
    for place in source.lists:
        finding, found = _try_list(folder / place, place, source.id)
        findings.append(finding)
        links |= {link.key: link for link in found}
    findings.extend(_try_pages(folder / place, place) for place in source.pages)
    findings.extend(_try_rules(folder / place, place) for place in source.rules)
    if links:
        findings.append(await _try_page(_newest(links.values()), source, folder, fetcher))
    return Trial(source, tuple(findings))


def _wanted(url: str, kind: str, source: Source) -> Wanted:
    return Wanted(url, kind, source.id, delay=source.delay, user_agent=source.user_agent)


async def _try_listing(
    kind: str, address: str, source: Source, fetcher: Fetcher
) -> tuple[Finding, Sequence[Link]]:
    key = f"{kind}s"
    got = await fetcher.fetch(_wanted(address, kind, source))
    if got.outcome is not FetchOutcome.OK:
        return Finding(key, address, "fail", detail=_why(got)), ()
    found = listed(kind, got.content, got.url, source.id, got.content_type)
    if found.fault:
        return Finding(key, address, "fail", detail=found.fault.removeprefix(f"{got.url} ")), ()
    links, faults = list(found.links), []
    for child in found.sitemaps[:MAX_CHILDREN]:
        got_child = await fetcher.fetch(_wanted(child, kind, source))
        read = listed(kind, got_child.content, got_child.url, source.id, None)
        links.extend(read.links)
        if got_child.outcome is not FetchOutcome.OK or read.fault:
            faults.append(f"{child}: {read.fault or _why(got_child)}")
    if found.note:
        faults.append(found.note)
    if moved := _moved(got):
        faults.append(moved)
    left = len(found.sitemaps) - MAX_CHILDREN
    if left > 0:
        faults.append(f"{left} of its {len(found.sitemaps)} sitemaps were not tried")
    return _summarise(
        key, address, links, source, faults if left <= 0 else [], note="; ".join(faults)
    ), links


def _summarise(
    key: str,
    place: str,
    links: Sequence[Link],
    source: Source,
    faults: Sequence[str],
    note: str = "",
) -> Finding:
    """Return what the links of a place say of it."""
    times = [at for link in links if (at := link.published_at or link.changed_at)]
    newest, wrong = max(times, default=None), list(faults)
    away = sum(
        not (is_same_site(link.url, f"https://{source.site}") or is_same_site(link.url, place))
        for link in links
    )
    if not links:
        wrong.append("it lists nothing")
    if newest and datetime.now(UTC) - newest > STALE:
        wrong.append(f"its newest page is {(datetime.now(UTC) - newest).days} days old")
    if away * 2 > len(links):
        wrong.append(f"{away} of {len(links)} links lead to other sites than {source.site}")
    return Finding(
        key, place, "warn" if wrong else "ok", len(links), newest, "; ".join(wrong) or note
    )


def _try_list(path: Path, place: str, source_id: str) -> tuple[Finding, Sequence[Link]]:
    try:
        found = list_links(path.read_bytes(), str(path), source_id)
    except (OSError, InputError) as error:
        return Finding("lists", place, "fail", detail=str(error)), ()
    return Finding(
        "lists",
        place,
        "ok" if found else "warn",
        len(found),
        detail="" if found else "it lists nothing",
    ), found


def _try_pages(path: Path, place: str) -> Finding:
    try:
        return Finding(
            "pages",
            place,
            "ok",
            len(discover([glob.escape(str(path)) if path.exists() else str(path)])),
        )
    except (OSError, InputError) as error:
        return Finding("pages", place, "fail", detail=str(error))


def _try_rules(path: Path, place: str) -> Finding:
    try:
        load_rules(path)
    except (OSError, RuleError) as error:
        return Finding("rules", place, "fail", detail=str(error))
    return Finding("rules", place, "ok")


async def _try_page(link: Link, source: Source, folder: Path, fetcher: Fetcher) -> Finding:
    """Fetch the newest page and see whether it is an article."""
    got = await fetcher.fetch(_wanted(link.url, "page", source))
    if got.outcome is FetchOutcome.RESERVED:
        hint = "fetch.respect_reservations leaves such pages out"
        return Finding("page", link.url, "warn", detail=f"{_why(got)} ({hint})")
    if got.outcome is not FetchOutcome.OK:
        return Finding("page", link.url, "fail", detail=_why(got))
    kind = got.content_type or ""
    try:
        book = load_rules(*(folder / place for place in source.rules))
    except (OSError, RuleError):
        book = None
    page = clean_page(
        got.content,
        url=got.url,
        status=got.status,
        headers={"content-type": kind},
        fetched_at=got.fetched_at,
        book=book,
    )
    if page.outcome != "article":
        hint = " (render: true)" if page.outcome == "needs_javascript" else ""
        detail = f"the newest page is no article: {page.outcome}{hint}"
        return Finding("page", link.url, "warn", detail=detail)
    if got.reservation:
        detail = f"an article whose text and data mining is reserved: {got.reservation}"
        return Finding("page", link.url, "warn", detail=detail)
    return Finding(
        "page",
        link.url,
        "ok",
        detail=f"an article of {len(page.text.split())} words: {page.title or 'without a title'}",
    )


def _moved(got: Fetched) -> str:
    """Say where a listing has moved to for good."""
    is_moved = any(exchange.status in PERMANENT for exchange in got.exchanges[:-1])
    return f"it has moved for good to {got.url}" if is_moved else ""


def _newest(links: Iterable[Link]) -> Link:
    long_ago = datetime.min.replace(tzinfo=UTC)
    return max(links, key=lambda link: link.published_at or link.changed_at or long_ago)


def _why(got: Fetched) -> str:
    return f"{got.outcome.value}: {got.detail}" if got.detail else got.outcome.value
