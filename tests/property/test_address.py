"""One canonical address for all variants of a page's address, and never one for two pages."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.link.address import canonical_url, is_same_site, site_of

LABELS = st.from_regex(r"[a-z][a-z0-9-]{0,8}[a-z0-9]", fullmatch=True)
HOSTS = st.builds(
    lambda twins, name, suffix: ".".join([*twins, name, suffix]),
    st.lists(st.sampled_from(["www", "m", "amp", "mobile", "en", "news"]), max_size=3),
    LABELS,
    st.sampled_from(["example", "com", "co.uk", "de", "blogspot.com"]),
)
SEGMENTS = st.one_of(
    st.sampled_from(
        ["amp", "amp.html", "a.amp.html", "index.html", "..", "", "news", "%c3%bc", "ü"]
    ),
    st.text(max_size=6),
)
NAMES = st.sampled_from(
    [
        "id",
        "p",
        "q",
        "utm_source",
        "fbclid",
        "amp",
        "m",
        "outputType",
        "cid",
        "ref",
        "page",
        "gallery",
        "a b",
        "",
    ]
)
QUERIES = st.one_of(
    st.builds(urlencode, st.lists(st.tuples(NAMES, st.text(max_size=4)), max_size=4)),
    st.text(max_size=8),
)
URLS = st.builds(
    lambda scheme, host, port, segments, query, fragment: (
        f"{scheme}://{host}{port}/{'/'.join(segments)}?{query}#{fragment}"
    ),
    st.sampled_from(["http", "https", "HTTPS"]),
    HOSTS,
    st.sampled_from(["", "", ":80", ":443", ":8080"]),
    st.lists(SEGMENTS, max_size=4),
    QUERIES,
    st.text(max_size=4),
)


@settings(max_examples=150, deadline=None)
@given(URLS)
def test_a_canonical_address_is_its_own_and_stays_on_its_site(url: str) -> None:
    canonical = canonical_url(url)
    if canonical is None:
        return
    assert canonical_url(canonical) == canonical
    assert site_of(urlsplit(canonical).hostname or "") == site_of(urlsplit(url).hostname or "")
    assert is_same_site(canonical, f"https://{urlsplit(url).hostname}/") or urlsplit(canonical).port


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_text_has_an_answer(text: str) -> None:
    for url in (text, f"https://{text}", f"https://tide.example/{text}"):
        canonical = canonical_url(url)
        assert canonical is None or canonical_url(canonical) == canonical


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10**9),
    st.integers(0, 10**9),
    st.sampled_from(["id", "p", "cid", "sid", "eid", "ref", "article", "gallery", ""]),
)
def test_two_numbers_are_two_pages(one: int, other: int, name: str) -> None:
    addresses = [
        f"https://tide.example/story.php?{name}{'=' if name else ''}{number}&utm_source=x&lang=en"
        for number in (one, other)
    ]
    assert (canonical_url(addresses[0]) == canonical_url(addresses[1])) == (one == other)


@settings(max_examples=60, deadline=None)
@given(LABELS, LABELS)
def test_variants_of_one_page_meet(section: str, slug: str) -> None:
    page = f"tide.co.uk/{section}/{slug}-11"
    variants = [
        f"https://{page}",
        f"http://www.{page}/",
        f"https://m.{page}?utm_source=x&utm_campaign=a%20b",
        f"https://amp.{page}.amp",
        f"https://{page}/amp/",
        f"https://{page}?amp=1",
        f"https://{page}?outputType=amp",
        f"HTTPS://WWW.TIDE.CO.UK:443/{section}//{slug}-11#top",
        f"https://www.google.com/amp/s/{page}",
        f"https://tide-co-uk.cdn.ampproject.org/c/s/{page}/amp?fbclid=abc",
        f"https://reader:secret@{page}?ref=home",
    ]
    assert {canonical_url(url) for url in variants} == {f"https://{page}"}


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("https://www.tide.co.uk/a", "http://news.tide.co.uk", True),
        ("https://tide.co.uk", "https://ebb.co.uk", False),
        ("https://one.blogspot.com", "https://two.blogspot.com", False),
        ("https://tide.example", "https://ebb.example", False),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/b", True),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8001/a", False),
        ("http://10.1.0.1/", "http://10.2.0.1/", False),
        ("http://[::1]:80/", "http://[::1]/", False),
        ("http://localhost/", "mailto:x", False),
        ("https://xn--mnchen-3ya.example/", "https://münchen.example/", True),
    ],
)
def test_sites(one: str, other: str, is_same: bool) -> None:
    assert is_same_site(one, other) is is_same


def test_the_site_of_a_host_by_the_public_suffix_list() -> None:
    sites = {
        "news.harbour.co.uk": "harbour.co.uk",
        "co.uk": "co.uk",
        "quill.blogspot.com": "quill.blogspot.com",
        "a.b.news.ck": "b.news.ck",  # all names below .ck are suffixes
        "news.ck": "news.ck",
        "a.www.ck": "www.ck",  # but this one
        "a.harbour.公司.cn": "harbour.公司.cn",
        "a.harbour.xn--55qx5d.cn": "harbour.xn--55qx5d.cn",
        "a.harbour.example": "harbour.example",
        "a.harbour.xn--.example": "xn--.example",
        "localhost": "localhost",
        "[::1]": "[::1]",
        "10.1.0.1": "10.1.0.1",
        "": "",
    }
    assert {host: site_of(host) for host in sites} == sites


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://mobile.de/a", "https://mobile.de/a"),
        ("https://amp.dev/amp", "https://amp.dev/amp"),
        ("https://en.m.tide.org/a", "https://en.tide.org/a"),
        ("http://127.0.0.1:8080/a/", "http://127.0.0.1:8080/a"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ("https://tide.example", "https://tide.example"),
        ("https://tide.example/story?12345", "https://tide.example/story?12345"),
        ("https://tide.example/a;jsessionid=1F?PHPSESSID=x", "https://tide.example/a"),
        ("https://tide.example/#!/story/7", "https://tide.example/#!/story/7"),
        ("https://tide.example/" + "a" * 3000, None),
        ("ftp://tide.example/", None),
        ("https:///a", None),
        ("https://a b/", None),
        ("https://tide.example:port/", None),
    ],
)
def test_single_addresses(url: str, canonical: str | None) -> None:
    assert canonical_url(url) == canonical
