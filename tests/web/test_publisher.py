"""The publishers' test server does what the tests of fetching stand on."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import httpx
import pytest

from tests.web import faults
from tests.web.publisher import Answer, Publisher, publishers


@pytest.fixture
def tide() -> Iterator[Publisher]:
    with Publisher() as publisher:
        yield publisher


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=60) as client:
        yield client


def test_what_is_written_is_listed_everywhere_and_can_change(
    tide: Publisher, client: httpx.Client
) -> None:
    tide.write("ferry")
    address = tide.write("quay", "Port Ellery widens its quay")
    for path in ("/", "/news/", "/rss.xml", "/atom.xml", "/sitemap-news.xml"):
        assert address in client.get(tide.url + path).text
    assert f"{tide.url}/sitemap-news.xml" in client.get(tide.url + "/sitemap.xml").text
    assert f"Sitemap: {tide.url}/sitemap.xml" in client.get(tide.url + "/robots.txt").text
    first = client.get(address)
    tide.write("quay", paragraphs=["It will not."])
    second = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (second.status_code, "It will not." in second.text) == (200, True)
    assert second.headers["last-modified"] > first.headers["last-modified"]
    tide.withdraw("/news/quay")
    assert client.get(address).status_code == 410
    assert address not in client.get(tide.url + "/rss.xml").text


def test_conditional_requests(tide: Publisher, client: httpx.Client) -> None:
    address = tide.write("quay")
    first = client.get(address)
    for known in (
        {"If-None-Match": first.headers["etag"]},
        {"If-Modified-Since": first.headers["last-modified"]},
    ):
        again = client.get(address, headers=known)
        assert (again.status_code, again.content) == (304, b"")
    assert (
        client.get(
            address,
            headers={
                "If-None-Match": '"other"',
                "If-Modified-Since": first.headers["last-modified"],
            },
        ).status_code
        == 200
    )
    assert (tide.count("/news/quay"), tide.count(status=304)) == (4, 2)
    sent = [seen.sent for seen in tide.log]
    assert len(first.content) < sent[0] < len(first.content) + 500
    assert sent[1] < 500


def test_answers_come_in_turn(tide: Publisher, client: httpx.Client) -> None:
    address = tide.write("quay")
    tide.answer("/news/quay", Answer(503), faults.too_many("7"))
    got = [client.get(address) for _ in range(3)]
    assert [one.status_code for one in got] == [503, 429, 200]
    assert got[1].headers["retry-after"] == "7"
    tide.answer("/news/quay", Answer(500), Answer(403), always=True)
    assert [client.get(address + "?utm_source=x").status_code for _ in range(2)] == [403, 403]
    assert [client.get(address).status_code for _ in range(3)] == [500, 403, 403]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (faults.slow_headers(), httpx.ReadTimeout),
        (faults.stalled_body(), httpx.ReadTimeout),
        (faults.truncated_body(), httpx.RemoteProtocolError),
        (faults.truncated_chunks(), httpx.RemoteProtocolError),
        (faults.broken_gzip(), httpx.DecodingError),
        (faults.huge_length(), httpx.ReadTimeout),
        (faults.hang_up(), httpx.RemoteProtocolError),
        (faults.no_http(), httpx.RemoteProtocolError),
    ],
)
def test_faults_that_end_a_request(
    tide: Publisher, client: httpx.Client, answer: Answer, error: type[Exception]
) -> None:
    read_seconds = 0.3 if error is httpx.ReadTimeout else 60
    address = tide.answer("/fault", answer, always=True)
    with pytest.raises(error):
        client.get(address, timeout=httpx.Timeout(60, read=read_seconds))
    assert tide.count("/fault") == 1


@pytest.mark.parametrize(
    ("answer", "at_least"),
    [
        (faults.endless_body(), 2_000_000),
        (faults.slow_body(0.01), 5),
        (faults.huge_page(), 2_000_000),
    ],
)
def test_faults_that_do_not_end(
    tide: Publisher, client: httpx.Client, answer: Answer, at_least: int
) -> None:
    with client.stream("GET", tide.answer("/fault", answer)) as response:
        received = 0
        for chunk in response.iter_raw():
            received += len(chunk)
            if received >= at_least:
                break
    assert received >= at_least


def test_a_bomb_is_small_on_the_line_and_a_loop_goes_on(
    tide: Publisher, client: httpx.Client
) -> None:
    bomb = faults.gzip_bomb(20)
    assert len(bomb.body) < 40_000
    assert len(gzip.decompress(bomb.body)) == 20_000_000
    loop = tide.answer("/loop", faults.redirect("/loop"), always=True)
    with pytest.raises(httpx.TooManyRedirects):
        client.get(loop, follow_redirects=True)
    assert (
        client.get(tide.answer("/picture", faults.wrong_type())).headers["content-type"]
        == "image/png"
    )
    with pytest.raises(httpx.ConnectError):
        client.get(faults.closed_address())


def test_many_publishers_are_many_hosts(client: httpx.Client) -> None:
    with publishers(3) as many:
        for publisher in many:
            assert len(publisher.write_many(40)) == 40
        assert len({httpx.URL(publisher.url).host for publisher in many}) == 3
        assert client.get(many[1].url + "/sitemap-news.xml").text.count("<loc>") == 40
        assert client.get(many[1].url + "/rss.xml").text.count("<item>") == 30
    assert [publisher.most_at_once for publisher in many] == [0, 1, 0]
