"""In a round each listing fails alone, a slow host costs its own pages, and what a feed lost is
found.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.acquire.find.feeds import read_feed
from flows.acquire.web import listings, patience
from flows.acquire.web import round as round_module
from flows.acquire.web.hosts import Hosts
from flows.acquire.web.settings import FetchSettings
from tests.flow.test_round import Remembered, fetch, job
from tests.web import faults
from tests.web.publisher import Publisher

BROKEN = {
    "/emoji.xml": "<rss "
    "version='2.0'><channel><item><title>&#55357;</title></item></channel></rss>",
    "/names.xml": "<urlset><url><news:title>x</news:title></url></urlset>",
    "/html.xml": "<html><body>We are back soon.</body></html>",
    "/empty.xml": "",
}


@pytest.fixture
def tide() -> Iterator[Publisher]:
    with Publisher() as running:
        running.write_many(4)
        yield running


def test_a_listing_fails_alone(
    tmp_path: Path, tide: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path, body in BROKEN.items():
        tide.put(path, body, "application/xml")
    tide.put("/boom.xml", "<rss/>", "application/xml")

    def read(content: bytes, address: str, *more: object) -> object:
        if address.endswith("boom.xml"):
            raise ZeroDivisionError("boom")
        return read_feed(content, address, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(listings, "read_feed", read)
    jobs = [job(tide.url + path, "sitemap" if "names" in path else "feed") for path in BROKEN]
    jobs += [job(f"{tide.url}/boom.xml", "feed"), job(f"{tide.url}/rss.xml", "feed")]
    found = {r.url.removeprefix(tide.url): r for r in fetch(tmp_path, Remembered(), *jobs).records}
    assert [r.outcome for path, r in found.items() if "/news/" in path] == ["ok"] * 4
    assert found["/emoji.xml"].detail == "1 entries without an address that leads to a page"
    for path in ("/html.xml", "/empty.xml", "/boom.xml", "/names.xml"):
        assert (found[path].outcome, path[1:-4] in str(found[path].detail)) == (
            "fetch_content_type",
            True,
        )
    assert "ZeroDivisionError: boom" in str(found["/boom.xml"].detail)


def test_a_fault_of_our_own_costs_one_address(
    tmp_path: Path, tide: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(link: object) -> float:
        raise KeyError("no order")

    monkeypatch.setattr(round_module, "_newest_first", broken)
    path = next(iter(tide._stories))
    jobs = [job(f"{tide.url}/rss.xml", "feed"), job(f"{tide.url}{path}", "page")]
    found = fetch(tmp_path, Remembered(), *jobs).records
    assert sorted((r.kind, r.outcome) for r in found if r.kind != "robots") == [
        ("feed", "fetch_unexpected"),
        ("feed", "ok"),
        ("page", "ok"),
    ]


def test_what_rolled_over_is_found_on_older_pages(tmp_path: Path, tide: Publisher) -> None:
    def feed(*numbers: int) -> str:
        entries = "".join(f"<item><link>{tide.url}/news/n-{n}</link></item>" for n in numbers)
        made = "<generator>https://wordpress.org/?v=6</generator>"
        return f"<rss version='2.0'><channel>{made}{entries}</channel></rss>"

    def pages(*numbers: int) -> list[str]:
        tide.forget()
        tide.put("/feed/", feed(*numbers[:2]), "application/rss+xml")
        tide.put("/feed/?paged=2", feed(*numbers[2:4]), "application/rss+xml")
        tide.put("/feed/?paged=3", feed(*numbers[4:6]), "application/rss+xml")
        fetch(tmp_path, memory, job(f"{tide.url}/feed/", "feed"))
        return sorted(seen.path for seen in tide.log if seen.path != "/robots.txt")

    memory = Remembered()
    for number in range(10):
        tide.put(f"/news/n-{number}", f"<p>Number {number}</p>")
    assert pages(2, 1, 0) == ["/feed/", "/news/n-1", "/news/n-2"], "the first time no archive"
    assert pages(3, 2, 1) == ["/feed/", "/news/n-3"], "nothing was missed"
    assert pages(7, 6, 5, 4, 3, 2) == [
        "/feed/",
        "/feed/?paged=2",
        "/feed/?paged=3",
        "/news/n-4",
        "/news/n-5",
        "/news/n-6",
        "/news/n-7",
    ]


@pytest.mark.parametrize("fault", [faults.slow_headers, faults.slow_body])
def test_a_slow_host_holds_nobody_back_and_is_asked_first_next_time(
    tmp_path: Path, tide: Publisher, monkeypatch: pytest.MonkeyPatch, fault: object
) -> None:
    monkeypatch.setattr(patience, "SLOW_SECONDS", 0.1)
    monkeypatch.setattr(patience, "MIN_PATIENCE", 0.2)
    memory = Remembered()
    with Publisher("127.0.1.1") as slow:
        slow.write_many(3)
        slow.answer("/news/00001-harbour", fault(), always=True)  # type: ignore[operator]
        jobs = [job(f"{tide.url}/rss.xml", "feed"), job(f"{slow.url}/rss.xml", "feed")]
        # whoever waited for it would wait until pytest ends the test
        found = fetch(tmp_path, memory, *jobs, read_timeout=3600, page_timeout=3600)
        assert sum(r.url.startswith(tide.url) and r.kind == "page" for r in found.records) == 4
        host = slow.url.removeprefix("http://")
        assert memory.hosts[host].cut_count == 1
        left = {s.url.rpartition("/")[2] for s in found.states if s.outcome == "fetch_left_alone"}
        assert left == {"00001-harbour", "00000-harbour"}
        slow.put("/news/00001-harbour", "<p>Here at last</p>")
        slow.withdraw("/news/00002-harbour")
        slow.forget()
        fetch(tmp_path, memory, *jobs)
        assert {seen.path for seen in slow.log if "/news/" in seen.path} == {
            "/news/00001-harbour",
            "/news/00000-harbour",
        }
        assert memory.hosts[host].cut_count == 0


@pytest.mark.parametrize(
    ("took", "is_slow"),
    [
        ([0.1, 0.1, 0.1, 2.5, 2.5, 2.5], True),
        ([2.5, 2.5, 2.5, 0.1, 0.1], False),
        ([0.1, 0.1, 3.5, 0.1], False),
        ([1.9] * 20, False),
        ([], False),
    ],
)
def test_a_host_is_slow_by_its_last_requests(took: list[float], *, is_slow: bool) -> None:
    async def judged() -> bool:
        loop, slots = asyncio.get_running_loop(), asyncio.Semaphore()
        lane = Hosts(FetchSettings(delay=0)).lane("https://tide.example/")
        now = 0.0
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(loop, "time", lambda: now)
            for seconds in took:
                async with lane.turn(slots):
                    now += seconds
            return lane.is_slow(patience.SLOW_SECONDS)

    assert asyncio.run(judged()) == is_slow


def test_a_host_that_is_alone_is_waited_for(
    tmp_path: Path, tide: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "SLOW_SECONDS", 0.05)
    monkeypatch.setattr(patience, "MIN_PATIENCE", 0.05)
    tide.answer("/rss.xml", faults.slow_headers())
    found = fetch(tmp_path, Remembered(), job(f"{tide.url}/rss.xml", "feed"), read_timeout=0.6)
    assert [r.outcome for r in found.records if r.kind == "feed"] == ["fetch_timeout_read"]


def test_a_parameter_that_tells_articles_apart_is_learned_and_remembered(
    tmp_path: Path, tide: Publisher
) -> None:
    def feed(*numbers: int) -> str:
        entries = "".join(
            f"<item><title>Story number {n}</title><link>{tide.url}/story?ncid={n}</link></item>"
            for n in numbers
        )
        return f"<rss version='2.0'><channel>{entries}</channel></rss>"

    def pages() -> list[str]:
        tide.forget()
        memory.learn(fetch(tmp_path, memory, job(f"{tide.url}/feed", "feed")))
        return sorted(seen.path for seen in tide.log if seen.path.startswith("/story"))

    memory = Remembered()
    tide.put("/story", "<p>A story</p>")
    tide.put("/feed", feed(1, 2), "application/rss+xml")
    assert pages() == ["/story?ncid=1", "/story?ncid=2"]
    tide.put("/feed", feed(3), "application/rss+xml")
    assert pages() == ["/story?ncid=3"], "one article alone does not show it, but it is known"
