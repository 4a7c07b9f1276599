"""The rules of fetching, without a network: public addresses, masks, rest for hosts, when addresses
are due, limits, robots.
"""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows.acquire.codings import CodingError, Unzip
from flows.acquire.raw.record import FetchRecord
from flows.acquire.web.addresses import is_public
from flows.acquire.web.exchange import Exchange
from flows.acquire.web.hosts import Hosts, HostState, host_of
from flows.acquire.web.listings import detect_kind, listed
from flows.acquire.web.masking import mask_headers, mask_text, mask_url
from flows.acquire.web.outcomes import CONSEQUENCES, WELL, of_status
from flows.acquire.web.robots import read_robots
from flows.acquire.web.schedule import UrlState, next_state
from flows.acquire.web.settings import FetchSettings
from flows.acquire.web.waiting import retry_after
from schemas.fetch_outcomes import FetchOutcome as Outcome

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SETTINGS = FetchSettings()


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_addresses_of_the_web_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.251",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:db8::1",
        "::127.0.0.1",
        "fec0::1",
        "no address",
        "",
    ],
)
def test_addresses_of_inner_networks_are_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("url", "masked"),
    [
        ("https://tide.example/a?id=7&page=2", "https://tide.example/a?id=7&page=2"),
        ("https://reader:word@tide.example:8443/a", "https://tide.example:8443/a"),
        ("https://tide.example/feed?api_key=abc&n=1", "https://tide.example/feed?api_key=***&n=1"),
        (
            "https://tide.example/feed?n=1&Token=abc;sig=x",
            "https://tide.example/feed?n=1&Token=***;sig=***",
        ),
        (
            "https://tide.example/keys?keyword=quay&design=1",
            "https://tide.example/keys?keyword=quay&design=1",
        ),
        (
            "https://tide.example/feed?feed_token=a&X-Goog-Signature=b&AWSAccessKeyId=c&userKey=d",
            "https://tide.example/feed?feed_token=***&X-Goog-Signature=***&AWSAccessKeyId=***"
            "&userKey=***",
        ),
        (
            "https://tide.example/feed?accesstoken=a&AUTHTOKEN=b&sessionid=c1&X-Amz-Credential=d",
            "https://tide.example/feed?accesstoken=***&AUTHTOKEN=***&sessionid=***"
            "&X-Amz-Credential=***",
        ),
        (
            "https://tide.example/a;jsessionid=0F1E?private%5Ftoken=a&PHPSESSID=b9#id_token=c",
            "https://tide.example/a;jsessionid=***?private%5Ftoken=***&PHPSESSID=***#id_token=***",
        ),
        (
            "https://tide.example/go?to=https%3A%2F%2Fann%3Apw%40quay.example%2F%3Fsig%3Dq&n=1",
            "https://tide.example/go?to=https%3A%2F%2Fquay.example%2F%3Fsig%3D***&n=1",
        ),
        (
            "https://tide.example/a?monkey=x&author=y&secretary=z&token_id=12&key=4711&passage=3",
            "https://tide.example/a?monkey=x&author=y&secretary=z&token_id=12&key=4711&passage=3",
        ),
        ("https://tide.example/a;7?to=https://quay.example/", None),
    ],
)
def test_credentials_in_addresses_are_masked_and_nothing_else(url: str, masked: str | None) -> None:
    masked = masked or url
    assert mask_url(url) == masked
    assert mask_url(masked) == masked


def test_addresses_in_texts_are_masked() -> None:
    said = "no //u:p@x.example/a, /data//x@y/b: 'https://u:p@x.example/?token=d'"
    assert mask_text(said) == "no //x.example/a, /data//x@y/b: 'https://x.example/?token=***'"


def test_credentials_in_headers_are_masked() -> None:
    sent = [
        ("Set-Cookie", "a"),
        ("cookie", "b"),
        ("AUTHORIZATION", "c"),
        ("Location", "https://u:p@x.example/?token=d"),
        ("ETag", '"e"'),
    ]
    assert [value for _, value in mask_headers(sent)] == [
        "***",
        "***",
        "***",
        "https://x.example/?token=***",
        '"e"',
    ]


def test_every_outcome_says_what_follows_from_it() -> None:
    assert set(CONSEQUENCES) == set(Outcome)
    assert all(outcome in WELL or outcome.value.startswith("fetch_") for outcome in Outcome)
    assert [of_status(status) for status in (404, 410, 403, 429, 418, 503, 206, 304)] == [
        Outcome.NOT_FOUND,
        Outcome.GONE,
        Outcome.FORBIDDEN,
        Outcome.TOO_MANY_REQUESTS,
        Outcome.OTHER_4XX,
        Outcome.SERVER_ERROR,
        Outcome.ODD_STATUS,
        Outcome.ODD_STATUS,
    ]


def test_hosts_are_told_apart_by_name_and_odd_port() -> None:
    assert host_of("https://Tide.Example/a") == host_of("http://tide.example:80/") == "tide.example"
    assert host_of("http://tide.example:8080/") == "tide.example:8080"
    assert host_of("https://[2001:db8::1]:443/") == "2001:db8::1"


def test_a_host_rests_longer_each_time_and_one_success_wipes_the_slate() -> None:
    now = [NOW]
    settings = FetchSettings(host_failures=3, leave_alone=600)
    lane = Hosts(settings, now=lambda: now[0]).lane("https://tide.example/")
    rests = []
    for _ in range(3):
        lane.failed()
    for _ in range(12):
        until = lane.left_alone_until()
        assert until is not None
        rests.append((until - now[0]).total_seconds())
        now[0] = until
        assert lane.left_alone_until() is None, "one try is allowed then"
        lane.failed()
    assert rests[:4] == [600, 1200, 2400, 4800]
    assert max(rests) == 24 * 3600
    lane.went_well()
    assert lane.state == HostState("tide.example")
    lane.failed()
    assert lane.left_alone_until() is None


def test_a_rest_that_a_clock_ahead_set_is_none() -> None:
    until = NOW + timedelta(days=400)
    hosts = Hosts(
        FetchSettings(host_failures=2),
        lambda host: HostState(host, failure_count=1, left_alone_until_at=until),
        lambda: NOW,
    )
    lane = hosts.lane("https://tide.example/a")
    assert hosts.resting("https://tide.example/a") is lane.left_alone_until() is None
    lane.failed()
    assert lane.left_alone_until() == NOW + timedelta(seconds=FetchSettings().leave_alone)


def response(status: int, value: str) -> Exchange:
    return Exchange(
        "https://tide.example/",
        NOW,
        [],
        status,
        "",
        "HTTP/1.1",
        [("Retry-After", value)],
        b"",
        b"",
        None,
    )


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 0.0),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(value: str, seconds: float | None) -> None:
    assert retry_after(response(429, value)) == seconds
    assert retry_after(response(200, value)) is None


def test_a_bomb_is_never_unfolded_past_the_limit() -> None:
    deflate = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = deflate.compress(b"\0" * 50_000_000) + deflate.flush()
    unzip = Unzip(100_000)
    with pytest.raises(CodingError, match="unfolds to more than 100,000 bytes"):
        unzip.feed(bomb)
    assert len(unzip.content) <= 100_001


@pytest.mark.parametrize("bits", [31, 15, -15])
def test_gzip_zlib_and_bare_deflate_are_unfolded_in_any_pieces(bits: int) -> None:
    deflate = zlib.compressobj(9, zlib.DEFLATED, bits)
    packed = deflate.compress(b"the quay " * 500) + deflate.flush()
    unzip = Unzip(100_000)
    for byte in packed:
        unzip.feed(bytes([byte]))
    assert unzip.end() == b"the quay " * 500


def record(outcome: str = "ok", hours: float = 0, **changed: object) -> FetchRecord:
    known = FetchRecord(
        url="https://tide.example/a",
        url_key="https://tide.example/a",
        kind="page",
        source_id="tide",
        host="tide.example",
        final_url="https://tide.example/a",
        fetched_at=NOW + timedelta(hours=hours),
        outcome=outcome,
        detail=None,
        http_status=200,
        content_type="text/html",
        byte_count=3,
        transferred_count=3,
        seconds=0.1,
        attempt_count=1,
        etag='"1"',
        last_modified=None,
        sha256="0" * 64 if outcome == "ok" else None,
        payload_digest="sha1:A" if outcome == "ok" else None,
        warc_file="f" if outcome == "ok" else None,
        warc_offset=7 if outcome == "ok" else None,
        log_file="f",
        log_offset=9,
    )
    return replace(known, **changed)  # type: ignore[arg-type]


def due_hours(state: UrlState) -> float | None:
    return (state.due_at - state.fetched_at).total_seconds() / 3600 if state.due_at else None


def test_a_page_is_looked_at_ever_more_rarely_and_then_no_more() -> None:
    state, found = None, []
    for _ in range(5):
        state = next_state(state, record(), SETTINGS)
        found.append(due_hours(state))
    assert found == [1, 6, 24, 72, None]


def test_a_failing_page_is_tried_ever_more_rarely_then_given_up_and_keeps_what_is_stored() -> None:
    state, found = next_state(None, record(), SETTINGS), []
    for _ in range(3):
        state = next_state(state, record("fetch_404"), SETTINGS)
        found.append(due_hours(state))
    assert found == [6, 12, None]
    assert state.failure_count == 3
    assert state.stored
    assert (state.stored.warc_offset, state.etag) == (7, '"1"')
    assert next_state(state, record(), SETTINGS).failure_count == 0
    assert due_hours(next_state(None, record("fetch_410"), SETTINGS)) is None
    left_alone = next_state(state, record("fetch_left_alone"), SETTINGS)
    assert (left_alone.failure_count, due_hours(left_alone)) == (3, 0)


def test_a_listing_is_due_in_every_run_and_never_given_up() -> None:
    assert due_hours(next_state(None, record(kind="feed"), SETTINGS)) == 0
    state = None
    for _ in range(12):
        state = next_state(state, record("fetch_404", kind="feed"), SETTINGS)
    assert state
    assert due_hours(state) == 24


def test_an_address_with_a_masked_key_is_never_asked_for_by_itself() -> None:
    assert next_state(None, record(url="https://tide.example/a?token=***"), SETTINGS).due_at is None


def test_an_unchanged_page_keeps_its_place_in_the_store() -> None:
    first = next_state(None, record(), SETTINGS)
    again = next_state(
        first,
        record("unchanged", 1, etag='"2"', warc_file="f", warc_offset=7, sha256="0" * 64),
        SETTINGS,
    )
    assert (again.stored_at, again.warc_offset, again.look_count, again.etag) == (
        first.stored_at,
        7,
        2,
        '"2"',
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'<?xml version="1.0"?><!-- x --><rss version="2.0"><channel/></rss>', "feed"),
        (b'\xef\xbb\xbf<feed xmlns="http://www.w3.org/2005/Atom"></feed>', "feed"),
        (b'<rdf:RDF xmlns:rdf="x"></rdf:RDF>', "feed"),
        (b"<urlset></urlset>", "sitemap"),
        (b"\n<sitemapindex ></sitemapindex>", "sitemap"),
        (b"<!doctype html><title>rss</title><p>about <feed> and <rss>", "page"),
        (b"plain words", "page"),
        (b"", "page"),
    ],
)
def test_content_tells_what_an_address_is(content: bytes, kind: str) -> None:
    assert detect_kind(content) == kind


def test_what_is_no_listing_says_so() -> None:
    for kind in ("feed", "sitemap"):
        found = listed(
            kind, b"<!doctype html><title>Sorry", "https://tide.example/rss", None, "text/html"
        )
        assert found.fault
        assert not found.links


def test_robots_speak_to_us_by_name_and_the_longer_of_their_delays_holds() -> None:
    text = (
        b"User-agent: newsduck\nCrawl-delay: 3\nRequest-rate: 1/10\nDisallow: "
        b"/private\n\nUser-agent: *\nDisallow: /\n"
    )
    robots = read_robots(Outcome.OK, "", text)
    assert robots.allows("https://tide.example/news")
    assert not robots.allows("https://tide.example/private/a")
    assert robots.delay == 10
    assert read_robots(Outcome.NOT_FOUND, "", b"").allows("https://tide.example/private")
    assert read_robots(Outcome.DNS, "no name", b"").fault == (Outcome.DNS, "robots.txt: no name")


def test_a_listing_that_fails_is_due_in_minutes_and_after_days_once_a_day() -> None:
    for outcome in ("fetch_403", "fetch_404", "fetch_redirects", "fetch_content_type", "fetch_5xx"):
        state, minutes = next_state(None, record(kind="feed"), SETTINGS), []
        for _ in range(11):
            state = next_state(state, record(outcome, kind="feed"), SETTINGS)
            minutes.append(round((due_hours(state) or 0) * 60))
        assert minutes == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440], outcome
        assert sum(minutes[:9]) > 40 * 60, "it takes days of failures to reach once a day"
    well = next_state(state, record(kind="feed"), SETTINGS)
    assert (well.failure_count, due_hours(well)) == (0, 0)


def test_a_listing_that_has_gone_or_is_refused_on_purpose_is_asked_once_a_day() -> None:
    for outcome in ("fetch_410", "fetch_robots", "fetch_reserved", "fetch_bad_address"):
        assert due_hours(next_state(None, record(outcome, kind="feed"), SETTINGS)) == 24, outcome
    assert due_hours(next_state(None, record("fetch_404", kind="robots"), SETTINGS)) == 6
