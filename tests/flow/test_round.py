"""A round of fetching by itself: real publishers and a real raw store, what is known kept in a
dictionary; no warehouse, no workers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.acquire.raw.record import FetchRecord
from flows.acquire.raw.store import RawStore
from flows.acquire.web.complete import Complete
from flows.acquire.web.hosts import HostState
from flows.acquire.web.jobs import Harvest, Job
from flows.acquire.web.masking import url_key
from flows.acquire.web.round import Round
from flows.acquire.web.schedule import UrlState
from flows.acquire.web.settings import FetchSettings
from tests.web.publisher import Answer, Publisher


class Remembered:
    """What earlier rounds told; `learn` takes in one more."""

    def __init__(self) -> None:
        self.known: dict[str, UrlState] = {}
        self.hosts: dict[str, HostState] = {}

    def states(self, keys: Sequence[str]) -> dict[str, UrlState]:
        return {key: self.known[key] for key in keys if key in self.known}

    def due(self, source_ids: Sequence[str], now: datetime, limit: int) -> list[UrlState]:
        return [
            s
            for s in self.known.values()
            if s.kind == "page" and s.source_id in source_ids and s.is_due(now)
        ][:limit]

    def host(self, host: str) -> HostState | None:
        return self.hosts.get(host)

    def learn(self, harvest: Harvest) -> Harvest:
        self.known |= {state.url_key: state for state in harvest.states}
        self.hosts |= {state.host: state for state in harvest.hosts}
        return harvest


@pytest.fixture
def tide() -> Iterator[Publisher]:
    with Publisher() as running:
        running.write_many(6)
        yield running


def job(url: str, kind: str, **more: Any) -> Job:
    return Job(url, url_key(url), kind, "tide", **more)


def fetch(
    folder: Path,
    memory: Remembered,
    *jobs: Job,
    recovered: Sequence[FetchRecord] = (),
    completed: Callable[[Complete], None] = lambda _: None,
    **changed: Any,
) -> Harvest:
    """One round."""
    given = {"allow_private": True, "delay": 0, "attempts": 1, "read_timeout": 0.5} | changed
    with RawStore(folder / "raw", 10_000_000) as store:
        work = Round(FetchSettings(**given), store, memory, recovered, completed=completed)
        return memory.learn(asyncio.run(work.run(jobs, {"tide": None})))


def kinds(harvest: Harvest) -> dict[str, int]:
    found: dict[str, int] = {}
    for record in harvest.records:
        found[record.kind] = found.get(record.kind, 0) + 1
    return found


def test_no_more_pages_a_round_than_allowed_the_newest_first_the_rest_in_the_next(
    tmp_path: Path, tide: Publisher
) -> None:
    memory, feed = Remembered(), job(f"{tide.url}/rss.xml", "feed")
    newest = list(reversed(list(tide._stories)))
    assert kinds(fetch(tmp_path, memory, feed, pages_a_source=4)) == {
        "robots": 2,
        "feed": 1,
        "page": 4,
    }
    assert [seen.path for seen in tide.log if "/news/" in seen.path] == newest[:4]
    tide.forget()
    assert kinds(fetch(tmp_path, memory, feed, pages_a_source=4)) == {"feed": 1, "page": 2}
    assert tide.count("/rss.xml", status=304) == 1, (
        "the feed has not changed, and still its other pages are found"
    )
    assert [seen.path for seen in tide.log if "/news/" in seen.path] == newest[4:]


def test_a_round_ends_in_time_and_leaves_the_rest_due(tmp_path: Path, tide: Publisher) -> None:
    memory, feed = Remembered(), job(f"{tide.url}/rss.xml", "feed")
    first = fetch(tmp_path, memory, feed, delay=0.3, run_minutes=1 / 60)
    assert 0 < len(first.records) < 9
    assert len(first.records) + len(fetch(tmp_path, memory, feed).records) == 9 + 1, (
        "the feed is asked for in each"
    )


def test_variants_of_an_address_are_fetched_once_and_by_the_one_that_worked(
    tmp_path: Path, tide: Publisher
) -> None:
    memory, path = Remembered(), next(iter(tide._stories))
    variants = [
        f"{tide.url}{path}{tail}" for tail in ("?utm_source=a", "", "?utm_source=b", "#comments")
    ]
    fetch(tmp_path, memory, *(job(url, "page") for url in variants))
    assert [seen.path for seen in tide.log] == ["/robots.txt", f"{path}?utm_source=a"]
    fetch(tmp_path, memory, job(variants[1], "any", is_asked=True))
    assert [(seen.path, seen.status) for seen in tide.log][2:] == [(f"{path}?utm_source=a", 304)]


def test_an_index_leads_to_its_sitemaps_as_many_as_allowed(tmp_path: Path, tide: Publisher) -> None:
    names = [f"{tide.url}/map-{n}.xml" for n in range(5)]
    listed = "".join(
        f"<sitemap><loc>{name}</loc><lastmod>2026-03-0{n + 1}</lastmod></sitemap>"
        for n, name in enumerate(names)
    )
    tide.put("/index.xml", f"<sitemapindex>{listed}</sitemapindex>", "application/xml")
    fetch(tmp_path, Remembered(), job(f"{tide.url}/index.xml", "sitemap"), sitemaps_a_source=3)
    assert [seen.path for seen in tide.log][1:] == ["/index.xml", "/map-4.xml", "/map-3.xml"], (
        "the index counts, the last changed comes first"
    )


def test_what_an_earlier_round_left_is_used_but_an_old_listing_is_asked_for_again(
    tmp_path: Path, tide: Publisher
) -> None:
    feed = job(f"{tide.url}/rss.xml", "feed")
    left = fetch(tmp_path, Remembered(), feed, pages_a_source=4).records
    tide.forget()
    after = fetch(tmp_path, Remembered(), feed, recovered=left)
    assert sorted(seen.path for seen in tide.log) == sorted(list(tide._stories)[:2]), (
        "two pages were missing"
    )
    assert len(after.records) == len(left) + 2
    tide.forget()
    old = [replace(record, fetched_at=record.fetched_at - timedelta(hours=2)) for record in left]
    fetch(tmp_path, Remembered(), feed, recovered=old)
    assert tide.count("/rss.xml") == 1
    assert tide.count("/robots.txt") == 0, "robots.txt is good for a day"


def test_a_page_that_vanishes_from_the_store_is_asked_for_as_new(
    tmp_path: Path, tide: Publisher
) -> None:
    memory, page = (
        Remembered(),
        job(f"{tide.url}{next(iter(tide._stories))}", "page", is_asked=True),
    )
    fetch(tmp_path, memory, page)
    for file in (tmp_path / "raw").glob("*.warc.gz"):
        file.unlink()
    tide.forget()
    (_, record) = sorted(fetch(tmp_path, memory, page).records, key=lambda r: r.kind == "page")
    assert (record.outcome, tide.log[-1].status) == ("ok", 200)


def test_a_dead_host_delays_no_other(tmp_path: Path, tide: Publisher) -> None:
    with Publisher("127.0.1.1") as dead:
        dead.answer("/robots.txt", *[Answer(503)] * 9)
        jobs = [job(f"{dead.url}/{n}", "page") for n in range(3)]
        found = fetch(tmp_path, Remembered(), *jobs, job(f"{tide.url}/rss.xml", "feed"))
        assert [seen.path for seen in dead.log] == ["/robots.txt"]
    outcomes = sorted(record.outcome for record in found.records if record.kind == "page")
    assert outcomes == ["fetch_5xx"] * 3 + ["ok"] * 6


def test_a_source_is_complete_once_when_all_that_it_lists_was_asked_for(
    tmp_path: Path, tide: Publisher
) -> None:
    told: list[Complete] = []
    sitemap = job(f"{tide.url}/sitemap.xml", "sitemap")
    left = fetch(tmp_path, Remembered(), sitemap, pages_a_source=2)
    named = replace(job(f"{tide.url}/rss.xml", "feed"), source_id=None, named_host="127.0.0.1")
    fetch(
        tmp_path,
        Remembered(),
        sitemap,
        named,
        recovered=[record for record in left.records if record.kind == "page"],
        completed=told.append,
    )
    pages = {c.source_id: sum(r.kind == "page" for r in c.records) for c in told}
    assert len(told) == 2
    assert sum(pages.values()) == 6
    assert pages["tide"] >= 2, "what an earlier round left belongs to its source"
