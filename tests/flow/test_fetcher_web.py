"""The fetcher and the web as it is: types that are wrong, encodings nobody asked for, cookies and
refreshes in a chain of redirects.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
import zstandard

from flows.acquire.raw.store import RawStore
from flows.acquire.warc import read_record
from flows.acquire.web.fetched import Wanted
from schemas.fetch_outcomes import FetchOutcome as Outcome
from tests.flow.test_fetcher import asked, fetch
from tests.web.faults import redirect
from tests.web.publisher import Answer, Publisher

PAGE = b"<!doctype html><html><body><p>" + b"The quay is wide. " * 60
FEED = b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>"
PDF = b"%PDF-1.7 " + b"\0" * 900


@pytest.fixture
def tide() -> Iterator[Publisher]:
    with Publisher() as running:
        yield running


def answer(body: bytes, content_type: str | None, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(200, body, content_type or "", headers=named)


@pytest.mark.parametrize(
    ("kind", "body", "content_type", "outcome"),
    [
        ("page", PAGE, "", Outcome.OK),
        ("page", PAGE, "application/octet-stream", Outcome.OK),
        ("page", PAGE, "text/html; charset=utf-8, text/html", Outcome.OK),
        ("page", PAGE, "text/plain", Outcome.OK),
        ("page", PAGE, "image/png", Outcome.OK),
        ("page", b"The quay is wide. " * 60, "text/plain", Outcome.OK),
        ("page", b"The quay is wide. " * 60, "text/css", Outcome.CONTENT_TYPE),
        ("page", b'{"a": 1}', "application/json", Outcome.CONTENT_TYPE),
        ("page", PDF, "text/html", Outcome.CONTENT_TYPE),
        ("page", PDF, "", Outcome.CONTENT_TYPE),
        ("page", FEED, "application/rss+xml", Outcome.CONTENT_TYPE),
        ("page", b"<!doctype html>\x01" + PAGE, "text/html", Outcome.OK),
        *(
            ("feed", FEED, content_type, Outcome.OK)
            for content_type in (
                "binary/octet-stream", "application/rss", "application/atom", "application/x-xml",
                "application/json", "application/xml+rss", "text/html", "", "text/xml, text/xml",
                "application/rdf+xml", "text/rss", "image/jpeg",
            )
        ),
        ("feed", PDF, "application/rss+xml", Outcome.CONTENT_TYPE),
        ("sitemap", gzip.compress(FEED, mtime=0), "application/x-gzip", Outcome.OK),
    ],
)  # fmt: skip
def test_the_bytes_decide_where_the_type_is_wrong(
    tide: Publisher, kind: str, body: bytes, content_type: str, outcome: Outcome
) -> None:
    tide.answer("/x", answer(body, content_type), always=True)
    (found,) = fetch(Wanted(f"{tide.url}/x", kind))
    assert found.outcome is outcome, found.detail
    if kind == "page" and body is PAGE:
        assert (found.content_type or "").startswith("text/html")


def test_a_type_by_the_bytes_keeps_the_charset_of_the_header(tide: Publisher) -> None:
    tide.answer("/x", answer(PAGE, 'text/plain; CHARSET = "iso-8859-2"; charset=utf-8'))
    (found,) = fetch(f"{tide.url}/x")
    assert found.content_type == "text/html; charset=iso-8859-2"


BARE = zlib.compress(PAGE)[2:-4]
ENCODED = {
    "gzip": gzip.compress(PAGE, mtime=0),
    "x-gzip": gzip.compress(PAGE, mtime=0),
    "deflate": zlib.compress(PAGE),
    "deflate bare": BARE,
    "gzip and junk": gzip.compress(PAGE, mtime=0) + b"\r\nnot gzip",
    "br": brotli.compress(PAGE),
    "zstd": zstandard.compress(PAGE),
    "gzip, br": brotli.compress(gzip.compress(PAGE, mtime=0)),
    '"gzip"': gzip.compress(PAGE, mtime=0),
    "gzip;q=1.0": gzip.compress(PAGE, mtime=0),
    "aws-chunked": PAGE,
    "identity": PAGE,
    "none gzip": gzip.compress(PAGE, mtime=0),
    "utf-8": PAGE,
}


@pytest.mark.parametrize("name", ENCODED)
def test_each_encoding_is_read_as_it_comes_and_from_the_store(
    tmp_path: Path, tide: Publisher, name: str
) -> None:
    coding = name if name.startswith("gzip,") else name.split(" ")[0]
    tide.answer("/x", answer(ENCODED[name], "text/html", Content_Encoding=coding))
    (found,) = fetch(f"{tide.url}/x")
    assert (found.outcome, found.content) == (Outcome.OK, PAGE)
    with RawStore(tmp_path, 10_000_000) as store:
        record = store.append(found, "key")
    assert record.warc_file is not None
    assert record.warc_offset is not None
    assert read_record(tmp_path / record.warc_file, record.warc_offset, 0, 100_000) == PAGE


@pytest.mark.parametrize("coding", ["br", "zstd"])
def test_no_encoding_unfolds_past_the_limit(tide: Publisher, coding: str) -> None:
    packed = {"br": brotli.compress, "zstd": zstandard.compress}[coding](b"<p>" + b"0" * 20_000_000)
    tide.answer("/x", answer(packed, "text/html", Content_Encoding=coding))
    assert fetch(f"{tide.url}/x")[0].outcome is Outcome.BOMB


def cookie_wall(tide: Publisher, path: str) -> None:
    """Redirect to the same address until a cookie is sent."""
    tide.answer(path, Answer(302, b"", headers={"Location": path, "Set-Cookie": "seen=1; Path=/"}))
    tide.put(path, PAGE)


def test_a_cookie_lives_within_its_chain(tide: Publisher) -> None:
    cookie_wall(tide, "/x")
    (found,) = fetch(f"{tide.url}/x")
    assert (found.outcome, asked(tide)) == (Outcome.OK, ["/x", "/x"])
    assert tide.log[-1].headers["Cookie"] == "seen=1"
    tide.forget()
    (found,) = fetch(f"{tide.url}/x")
    assert "Cookie" not in tide.log[-1].headers


def test_a_cookie_is_not_sent_to_another_host(tide: Publisher) -> None:
    with Publisher("127.0.1.1") as other:
        other.put("/y", PAGE)
        leads = {"Location": f"{other.url}/y", "Set-Cookie": "seen=1; Path=/"}
        tide.answer("/x", Answer(302, b"", headers=leads))
        assert fetch(f"{tide.url}/x")[0].outcome is Outcome.OK
        assert "Cookie" not in other.log[-1].headers


def test_the_same_redirect_with_the_same_cookie_is_a_circle(tide: Publisher) -> None:
    again = Answer(302, b"", headers={"Location": "/x", "Set-Cookie": "seen=1; Path=/"})
    tide.answer("/x", again, always=True)
    assert fetch(f"{tide.url}/x")[0].outcome is Outcome.REDIRECTS


def meta(value: str, body: str = "", around: str = "{}") -> bytes:
    tag = f"<meta http-equiv='Refresh' content='{value}'>"
    return f"<!doctype html><html><head>{around.format(tag)}</head><body>{body}".encode()


@pytest.mark.parametrize(
    "value", ["0;url=/y", "0; URL=/y", "5,/y", '1 ; url="/y"', " 2.5;url = /y", "0 /y", "0;url=y"]
)
def test_a_refresh_is_followed(tide: Publisher, value: str) -> None:
    tide.put("/y", PAGE)
    tide.put("/x", meta(value))
    (found,) = fetch(f"{tide.url}/x")
    assert (found.content, asked(tide)) == (PAGE, ["/x", "/y"])
    tide.forget()
    tide.answer("/x", answer(b"<!doctype html><p>Moved", "text/html", Refresh=value))
    assert fetch(f"{tide.url}/x")[0].url == f"{tide.url}/y"


@pytest.mark.parametrize(
    "body",
    [
        meta("6;url=/y"),
        meta("300"),
        meta("0"),
        meta("0;url=/x"),
        meta("0;url="),
        meta("soon;url=/y"),
        meta("0;url=/y", around="<noscript>{}</noscript>"),
        meta("0;url=/y", around="<!-- {} -->"),
        b"The tag <meta http-equiv=refresh content='0;url=/y'> leads on.",
    ],
)
def test_a_refresh_that_is_none_is_not_followed(tide: Publisher, body: bytes) -> None:
    tide.put("/x", body)
    (found,) = fetch(f"{tide.url}/x")
    assert (found.outcome, found.content, asked(tide)) == (Outcome.OK, body, ["/x"])


def test_a_refresh_is_held_to_the_rules_of_redirects(tide: Publisher) -> None:
    tide.put("/x", meta("0;url=/private/y"))
    assert fetch(f"{tide.url}/x")[0].outcome is Outcome.ROBOTS
    tide.put("/x", meta("0;url=http://[::1]:1/y"))
    assert fetch(f"{tide.url}/x")[0].outcome is not Outcome.OK
    tide.put("/x", meta("0;url=javascript:void(0)"))
    assert fetch(f"{tide.url}/x")[0].outcome is Outcome.BAD_ADDRESS
    for number in range(9):
        tide.put(f"/c{number}", meta(f"0;url=/c{number + 1}"))
    assert fetch(f"{tide.url}/c0")[0].outcome is Outcome.REDIRECTS


def test_a_location_in_utf_8_and_one_with_spaces(tide: Publisher) -> None:
    tide.put("/caf%C3%A9%20bar", PAGE)
    for written in ("/café bar".encode().decode("latin-1"), "/caf%C3%A9 bar"):
        tide.answer("/x", redirect(written))
        assert fetch(f"{tide.url}/x")[0].url == f"{tide.url}/caf%C3%A9%20bar"


@pytest.mark.parametrize("url", ["http://xn--/x", "http://[x", "http://a..b/", "https://"])
def test_an_address_that_is_none_costs_itself(tide: Publisher, url: str) -> None:
    tide.put("/x", PAGE)
    bad, good = fetch(url, f"{tide.url}/x")
    assert bad.outcome in (Outcome.BAD_ADDRESS, Outcome.DNS)
    assert good.outcome is Outcome.OK


@pytest.mark.parametrize("is_packed", [False, True])
def test_a_large_robots_txt_is_read_in_part(tide: Publisher, is_packed: bool) -> None:
    rules = b"User-agent: *\nDisallow: /x\n" + b"# filler\n" * 200_000
    packed = gzip.compress(rules, mtime=0)
    said = answer(packed, "text/plain", Content_Encoding="gzip") if is_packed else None
    tide.answer("/robots.txt", said or answer(rules, "text/plain"), always=True)
    tide.put("/x", PAGE)
    assert fetch(f"{tide.url}/x")[0].outcome is Outcome.ROBOTS


def test_a_source_may_give_us_another_name(tide: Publisher) -> None:
    tide.put("/x", PAGE)
    fetch(Wanted(f"{tide.url}/x", user_agent="EllerySearch/2.0 (+https://search.example)"))
    assert tide.log[-1].headers["User-Agent"].startswith("EllerySearch/2.0")
    tide.put("/robots.txt", "User-agent: EllerySearch\nDisallow: /", "text/plain")
    (found,) = fetch(Wanted(f"{tide.url}/x", user_agent="EllerySearch/2.0"))
    assert found.outcome is Outcome.ROBOTS
