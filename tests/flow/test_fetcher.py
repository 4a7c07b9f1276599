"""The fetcher against real servers that do everything wrong: each fault has its outcome, and the
manners are kept.
"""

from __future__ import annotations

import asyncio
import gzip
import logging
import socket
import ssl
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import anyio
import pytest

from flows.acquire.web import addresses
from flows.acquire.web import fetcher as fetcher_module
from flows.acquire.web.fetched import Fetched, Wanted
from flows.acquire.web.fetcher import Fetcher
from flows.acquire.web.hosts import Hosts
from flows.acquire.web.settings import FetchSettings
from schemas.fetch_outcomes import FetchOutcome as Outcome
from tests.web import faults
from tests.web.http2 import PAGE, Http2Server, certificate
from tests.web.publisher import Answer, Publisher

HASTY: dict[str, Any] = {
    "allow_private": True,
    "delay": 0,
    "connect_timeout": 0.5,
    "read_timeout": 0.3,
    "page_timeout": 1.0,
    "page_limit": 10_000_000,
    "first_wait": 0.01,
    "longest_wait": 1,
    "attempts": 2,
    "contact": "desk@ellery.example",
}

PRESSED = gzip.compress(b"<p>" + b"The quay is wide. " * 5000)


def fetch(*wanted: Wanted | str, hosts: Hosts | None = None, **changed: Any) -> list[Fetched]:
    """Fetch all at once, with a fetcher in a hurry."""

    async def run() -> list[Fetched]:
        async with Fetcher(FetchSettings(**HASTY | changed), hosts) as fetcher:
            return list(
                await asyncio.gather(
                    *(fetcher.fetch(w if isinstance(w, Wanted) else Wanted(w)) for w in wanted)
                )
            )

    return asyncio.run(run())


@pytest.fixture
def tide() -> Iterator[Publisher]:
    with Publisher() as running:
        running.write("quay")
        yield running


def asked(publisher: Publisher) -> list[str]:
    """Paths in the order they were asked for, but robots.txt."""
    return [seen.path for seen in publisher.log if seen.path != "/robots.txt"]


def zipped(body: bytes, encoding: str = "gzip") -> Answer:
    return Answer(200, body, headers={"Content-Encoding": encoding})


FAULTS: dict[str, tuple[Answer, Outcome]] = {
    "404": (Answer(404), Outcome.NOT_FOUND),
    "410": (Answer(410), Outcome.GONE),
    "403": (Answer(403), Outcome.FORBIDDEN),
    "401": (Answer(401), Outcome.FORBIDDEN),
    "418": (Answer(418), Outcome.OTHER_4XX),
    "429": (Answer(429), Outcome.TOO_MANY_REQUESTS),
    "500": (Answer(500), Outcome.SERVER_ERROR),
    "503": (Answer(503), Outcome.SERVER_ERROR),
    "206": (Answer(206), Outcome.ODD_STATUS),
    "304 unasked": (Answer(304), Outcome.ODD_STATUS),
    "302 to nowhere": (Answer(302), Outcome.ODD_STATUS),
    "no answer": (faults.slow_headers(), Outcome.TIMEOUT_READ),
    "body falls silent": (faults.stalled_body(), Outcome.TIMEOUT_READ),
    "body drips": (faults.slow_body(), Outcome.TIMEOUT_PAGE),
    "body without end": (faults.endless_body(), Outcome.TOO_LARGE),
    "body too large": (faults.huge_page(12), Outcome.TOO_LARGE),
    "body of a terabyte": (faults.huge_length(), Outcome.TOO_LARGE),
    "bomb": (faults.gzip_bomb(20), Outcome.BOMB),
    "body cut": (faults.truncated_body(), Outcome.TRUNCATED),
    "chunks cut": (faults.truncated_chunks(), Outcome.TRUNCATED),
    "gzip cut": (zipped(PRESSED[:-9]), Outcome.TRUNCATED),
    "no gzip": (faults.broken_gzip(), Outcome.ENCODING),
    "no brotli": (zipped(b"<p>" * 20, "br"), Outcome.ENCODING),
    "unknown encoding": (zipped(b"<p>", "rot13"), Outcome.ENCODING),
    "picture": (faults.wrong_type(), Outcome.CONTENT_TYPE),
    "hangs up": (faults.hang_up(), Outcome.CONNECTION),
    "no HTTP": (faults.no_http(), Outcome.CONNECTION),
    "circle": (faults.redirect("/fault"), Outcome.REDIRECTS),
    "redirect to mail": (faults.redirect("mailto:desk@tide.example"), Outcome.BAD_ADDRESS),
    "redirect without end": (faults.redirect("/" + "a" * 5000), Outcome.BAD_ADDRESS),
    "redirect to nonsense": (faults.redirect("http://tide.example:99999999/"), Outcome.BAD_ADDRESS),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_has_its_outcome_and_stops_nothing(tide: Publisher, fault: str) -> None:
    answer, outcome = FAULTS[fault]
    tide.answer("/fault", answer, always=True)
    found, page = fetch(f"{tide.url}/fault", f"{tide.url}/news/quay")
    assert found.outcome is outcome, found.detail
    assert found.detail
    assert found.transferred > 0 or not fault.startswith(
        ("gzip", "body without", "body cut", "bomb")
    )
    assert page.outcome is Outcome.OK
    assert b"<html" in page.content
    assert tide.count("/fault") <= 2


@pytest.mark.parametrize(
    ("url", "outcome"),
    [
        ("http://no-such-host.invalid/", Outcome.DNS),
        ("ftp://tide.example/page", Outcome.BAD_ADDRESS),
        ("tide.example", Outcome.BAD_ADDRESS),
        ("https://", Outcome.BAD_ADDRESS),
        ("http://tide.example:99999999/", Outcome.BAD_ADDRESS),
    ],
)
def test_what_is_no_address_has_its_outcome(url: str, outcome: Outcome) -> None:
    assert [found.outcome for found in fetch(url)] == [outcome]


def test_a_closed_port_refuses_and_plain_http_is_no_tls(tide: Publisher) -> None:
    closed, plain = fetch(f"{faults.closed_address()}/", tide.url.replace("http:", "https:"))
    assert closed.outcome is Outcome.REFUSED
    assert plain.outcome is Outcome.TLS


def test_a_host_that_takes_no_connection_runs_out_of_time() -> None:
    with (
        socket.create_server(("127.0.0.1", 0), backlog=0) as deaf,
        socket.create_connection(deaf.getsockname()),
    ):
        (found,) = fetch(f"http://127.0.0.1:{deaf.getsockname()[1]}/", attempts=1)
    assert found.outcome is Outcome.TIMEOUT_CONNECT


def test_gzip_is_unfolded_and_kept_as_sent(tide: Publisher) -> None:
    tide.answer("/pressed", zipped(PRESSED), always=True)
    (found,) = fetch(f"{tide.url}/pressed")
    assert found.content == gzip.decompress(PRESSED)
    assert found.transferred == len(PRESSED)
    assert found.exchanges[0].raw == PRESSED


def test_a_fault_that_passes_is_tried_again(tide: Publisher) -> None:
    tide.answer("/news/quay", Answer(503), faults.hang_up())
    (found,) = fetch(f"{tide.url}/news/quay", attempts=3)
    assert (found.outcome, found.attempts) == (Outcome.OK, 3)


def test_what_the_host_asks_to_wait_is_waited(tide: Publisher) -> None:
    tide.answer("/busy", faults.too_many("1"))
    fetch(f"{tide.url}/busy", f"{tide.url}/news/quay", longest_wait=2)
    first, second = (seen.started for seen in tide.log if seen.path == "/busy")
    assert second - first >= 1


def test_a_host_that_asks_for_too_much_is_left_alone(tide: Publisher) -> None:
    tide.answer("/busy", Answer(503, headers={"Retry-After": "3600"}))
    hosts = Hosts(FetchSettings(**HASTY))
    (busy,) = fetch(f"{tide.url}/busy", hosts=hosts)
    (page,) = fetch(f"{tide.url}/news/quay", hosts=hosts)
    assert (busy.outcome, busy.attempts) == (Outcome.SERVER_ERROR, 1)
    assert page.outcome is Outcome.LEFT_ALONE
    assert asked(tide) == ["/busy"]


def test_a_host_that_keeps_failing_is_left_alone(tide: Publisher) -> None:
    tide.answer("/ill", Answer(500), always=True)
    found = fetch(*[f"{tide.url}/ill?{n}" for n in range(6)], attempts=1, host_failures=3)
    assert sorted(f.outcome for f in found) == sorted(
        [Outcome.SERVER_ERROR] * 3 + [Outcome.LEFT_ALONE] * 3
    )
    assert len(asked(tide)) == 3


def test_one_request_at_a_time_a_host_and_the_pause_is_kept(tide: Publisher) -> None:
    with Publisher("127.0.1.1") as other:
        fetch(*[f"{p.url}/?{n}" for n in range(5) for p in (tide, other)], delay=0.1)
        for host in (tide, other):
            assert host.most_at_once == 1
            assert len(host.log) == 6
            assert min(host.gaps()) >= 0.08, (
                "seconds between the end of one answer, as the server saw it, and the next request"
            )
        assert other.log[0].started < tide.log[-1].started, "the hosts are asked side by side"
        assert tide.log[0].started < other.log[-1].started


def test_the_longest_of_the_delays_is_kept(tide: Publisher) -> None:
    tide.robots(crawl_delay=0.2)
    fetch(Wanted(f"{tide.url}/?1", delay=0.1), f"{tide.url}/?2")
    assert min(tide.gaps()) >= 0.18
    tide.forget()
    fetch(Wanted(f"{tide.url}/?1", delay=0.3), f"{tide.url}/?2")
    assert min(tide.gaps()) >= 0.28


def test_robots_are_obeyed_and_asked_for_once(tide: Publisher) -> None:
    tide.answer("/private/plan", Answer(200, b"hush"), always=True)
    tide.answer("/moved", faults.redirect("/private/plan"), always=True)
    found = fetch(f"{tide.url}/private/plan", f"{tide.url}/news/quay", f"{tide.url}/moved")
    assert [f.outcome for f in found] == [Outcome.ROBOTS, Outcome.OK, Outcome.ROBOTS]
    assert sorted(seen.path for seen in tide.log) == ["/moved", "/news/quay", "/robots.txt"]


@pytest.mark.parametrize(
    ("code", "outcome"), [(404, Outcome.OK), (403, Outcome.OK), (500, Outcome.SERVER_ERROR)]
)
def test_no_robots_allows_all_and_a_failing_server_nothing(
    tide: Publisher, code: int, outcome: Outcome
) -> None:
    tide.answer("/robots.txt", Answer(code), always=True)
    (found,) = fetch(f"{tide.url}/news/quay")
    assert found.outcome is outcome
    assert len(asked(tide)) == (outcome is Outcome.OK)


def test_validators_are_sent_and_304_is_unchanged(tide: Publisher) -> None:
    url = f"{tide.url}/news/quay"
    (new,) = fetch(url)
    same, older = fetch(
        Wanted(url, etag=new.header("etag")), Wanted(url, last_modified=new.header("last-modified"))
    )
    assert (new.outcome, same.outcome, older.outcome) == (
        Outcome.OK,
        Outcome.UNCHANGED,
        Outcome.UNCHANGED,
    )
    assert (same.transferred, older.transferred) == (0, 0)


def test_we_say_who_we_are(tide: Publisher) -> None:
    fetch(f"{tide.url}/")
    agents = {seen.headers["User-Agent"] for seen in tide.log}
    assert len(agents) == 1
    assert agents.pop().endswith("(+desk@ellery.example)")


def test_private_addresses_are_refused_however_they_come(tide: Publisher) -> None:
    port = tide.url.rsplit(":", 1)[1]
    inward = [
        f"http://{host}:{port}/"
        for host in ("127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]", "0.0.0.0")
    ]
    assert {f.outcome for f in fetch(*inward, allow_private=False)} == {Outcome.PRIVATE_ADDRESS}
    assert tide.log == []


def test_neither_redirects_nor_names_that_change_their_minds_lead_inward(
    tide: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """127.0.0.1 counts as public here; the name's second answer is another loopback address,
    which does not.
    """
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1")
    port = tide.url.rsplit(":", 1)[1]
    tide.answer("/inward", faults.redirect(f"http://127.0.0.2:{port}/"), always=True)
    asked_for: list[str] = []
    real = anyio.getaddrinfo

    async def rebinding(host: str, port: int, **rest: Any) -> Any:
        if host == "rebinding.example":
            asked_for.append(host)
            host = "127.0.0.1" if len(asked_for) == 1 else "127.0.0.3"
        return await real(host, port, **rest)

    monkeypatch.setattr(anyio, "getaddrinfo", rebinding)
    found = fetch(
        f"{tide.url}/inward", f"http://rebinding.example:{port}/news/quay", allow_private=False
    )
    assert [f.outcome for f in found] == [Outcome.PRIVATE_ADDRESS, Outcome.OK]
    (again,) = fetch(f"http://rebinding.example:{port}/news/quay", allow_private=False)
    assert again.outcome is Outcome.PRIVATE_ADDRESS
    assert sorted(asked(tide)) == ["/inward", "/news/quay"]  # two hosts are asked at once


def test_credentials_go_to_their_host_alone_and_into_no_log(
    tide: Publisher, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with Publisher("127.0.1.1") as other:
        tide.answer(
            "/moved",
            Answer(302, headers={"Location": f"{other.url}/", "Set-Cookie": "id=hush-cookie"}),
            always=True,
        )
        inward = tide.url.replace("//", "//reader:hush-word@")
        (found,) = fetch(f"{inward}/moved?token=hush-key")
        (page,) = fetch(f"{inward}/news/quay")
        assert not any({"Authorization", "Cookie"} & set(seen.headers) for seen in other.log)
    assert (found.outcome, page.outcome) == (Outcome.OK, Outcome.OK)
    assert all(
        seen.headers["Authorization"].startswith("Basic ")
        for seen in tide.log
        if seen.path != "/robots.txt"
    )
    assert not any("Cookie" in seen.headers for seen in tide.log)
    assert "hush" not in caplog.text
    assert "hush" not in found.url + found.detail + page.url + page.detail


def test_hosts_are_remembered_between_fetchers(tide: Publisher) -> None:
    tide.answer("/ill", Answer(500), always=True)
    first = Hosts(FetchSettings(**HASTY | {"host_failures": 2}))
    fetch(f"{tide.url}/ill?1", f"{tide.url}/ill?2", attempts=1, hosts=first)
    kept = {state.host: state for state in first.states()}
    (found,) = fetch(f"{tide.url}/news/quay", hosts=Hosts(FetchSettings(**HASTY), kept.get))
    assert found.outcome is Outcome.LEFT_ALONE
    assert all(before.started <= after.started for before, after in pairwise(tide.log))


def test_http2_is_spoken_where_the_server_can_and_certificates_are_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = certificate(tmp_path)
    with Http2Server(file) as server:
        assert fetch(server.url)[0].outcome is Outcome.TLS, "nobody vouches for it"
        trusted = ssl.create_default_context(cafile=str(file))
        monkeypatch.setattr(fetcher_module, "_trusted", lambda: trusted)
        server.protocols.clear()
        one, two = fetch(f"{server.url}/one", f"{server.url}/two")
        assert (one.outcome, two.outcome, two.content) == (Outcome.OK, Outcome.OK, PAGE)
        assert {found.exchanges[0].http_version for found in (one, two)} == {"HTTP/2"}
        assert server.protocols == ["h2"], "one connection for robots.txt and both pages"
        by_name = server.url.replace("127.0.0.1", "localhost")
        assert fetch(by_name)[0].outcome is Outcome.TLS, "the certificate is another host's"
