"""What a page says about itself is read, cleaned and weighed."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

import pytest
from lxml import html

from flows.clean.metadata import Metadata, read_metadata
from flows.clean.metadata.authors import clean_names
from flows.clean.metadata.bylines import line_authors
from flows.clean.metadata.dates import parse_date
from flows.clean.metadata.local_zone import in_local_zone
from flows.clean.metadata.site import domain_of, host_of
from flows.clean.metadata.syndication import canonical_origin, find_origin
from flows.clean.metadata.title import choose_title

LANTERN = ["eastmere lantern", "lantern example", "lantern"]
URL = "https://www.lantern.example/2031/05/03/ferry-stays"
NOTICES: list[dict[str, Any]] = tomllib.loads(
    files("flows.clean.metadata").joinpath("syndication.toml").read_text("utf-8")
)["notice"]


def read(
    head: str,
    body: str = "<h1>Ferry stays</h1>",
    *,
    url: str | None = URL,
    fetched_at: datetime | None = None,
) -> Metadata:
    root = html.document_fromstring(
        f'<html lang="en-GB"><head>{head}</head><body>{body}</body></html>'
    )
    lines = ["".join(map(str, node.itertext())) for node in root.iter("p", "h1", "time")]
    return read_metadata(
        root,
        ["".join(map(str, node.itertext())) for node in root.iter("h1")],
        lines,
        url=url,
        fetched_at=fetched_at,
    )


@pytest.mark.parametrize(
    ("headings", "named", "page_title", "expected"),
    [
        (
            ["Ferry stays"],
            ["Ferry stays | Eastmere Lantern"],
            "Ferry stays | Eastmere Lantern",
            "Ferry stays",
        ),
        ([], ["Ferry stays – Eastmere Lantern"], None, "Ferry stays"),
        ([], [None], "Eastmere Lantern: Ferry stays", "Ferry stays"),
        ([], [None], "Ferry stays - lantern.example", "Ferry stays"),
        (
            ["Eastmere Lantern", "Ferry stays for the winter"],
            ["Ferry stays for winter"],
            None,
            "Ferry stays for the winter",
        ),
        (
            ["Harbour Ferry stays for the winter"],
            ["Ferry stays for the winter"] * 2,
            "Ferry stays",
            "Ferry stays for the winter",
        ),
        (
            ["Ferry stays for the winter"],
            ["Nine reasons to love the boat"],
            "Nine reasons",
            "Ferry stays for the winter",
        ),
        (["Boats | Bridges | Ice: a history"], [None], None, "Boats | Bridges | Ice: a history"),
        ([], [], None, None),
    ],
)
def test_the_title_is_the_headline_without_the_site(
    headings: list[str], named: list[str | None], page_title: str | None, expected: str | None
) -> None:
    assert choose_title(headings, named, page_title, LANTERN) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (["By Ada Lund"], ("Ada Lund",)),
        (["BY ADA LUND AND BO SAND"], ("ADA LUND", "BO SAND")),
        (["Ada Lund, Senior Editor and Bo Sand"], ("Ada Lund", "Bo Sand")),
        (["Von Jürgen Große-Östreich"], ("Jürgen Große-Östreich",)),
        (["Ada Lund (ada@lantern.example)"], ("Ada Lund",)),
        (["Ada Lund | Eastmere Lantern"], ("Ada Lund",)),
        (["https://lantern.example/author/ada-lund"], ("Ada Lund",)),
        (["https://social.example/lantern"], ()),
        (["Eastmere Lantern"], ()),
        (["Staff Writer", "admin", "Redaktion", "Written by"], ()),
        (["Ada Lund", "ada lund"], ("Ada Lund",)),
        (["Per Åke af Ugglas; María de la Cruz"], ("Per Åke af Ugglas", "María de la Cruz")),
        (["小池和樹"], ("小池和樹",)),
        (
            [
                "The ferry will sail again in spring, said the mayor to a hall of two hundred "
                "people."
            ],
            (),
        ),
    ],
)
def test_authors_are_people(raw: list[str], expected: tuple[str, ...]) -> None:
    assert clean_names(raw, sites=LANTERN) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Ada Lund and Bo Sand | City desk", ("Ada Lund", "Bo Sand")),
        ("Von Ada Lund", ("Ada Lund",)),
        ("By the river they sat down", ()),
        ("By Tuesday the ice had gone", ()),
    ],
)
def test_byline_lines(line: str, expected: tuple[str, ...]) -> None:
    assert line_authors([line]) == expected


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("2031-05-03T14:05:09+02:00", "2031-05-03T14:05:09+02:00", "second"),
        ("2031-05-03T14:05Z", "2031-05-03T14:05:00+00:00", "minute"),
        ("2031-05-03", "2031-05-03T00:00:00+00:00", "day"),
        ("20310503", "2031-05-03T00:00:00+00:00", "day"),
        ("2031-05", "2031-05-01T00:00:00+00:00", "month"),
        ("May 3, 2031 at 2:05 p.m. EDT", "2031-05-03T14:05:00-04:00", "minute"),
        ("Saturday, 3rd May 2031", "2031-05-03T00:00:00+00:00", "day"),
        ("Published 14:05 BST, 3 May 2031", "2031-05-03T14:05:00+01:00", "minute"),
        ("3. Mai 2031, 14.05 Uhr", "2031-05-03T14:05:00+00:00", "minute"),
        ("le 3 mai 2031 à 14h05", "2031-05-03T14:05:00+00:00", "minute"),
        ("3 de mayo de 2031", "2031-05-03T00:00:00+00:00", "day"),
        ("3.5.2031", "2031-05-03T00:00:00+00:00", "day"),
        ("25/12/2031", "2031-12-25T00:00:00+00:00", "day"),
        ("2031年5月3日 14時05分", "2031-05-03T14:05:00+00:00", "minute"),
        ("May 2031", "2031-05-01T00:00:00+00:00", "month"),
    ],
)
def test_dates_as_pages_write_them(text: str, iso: str, precision: str) -> None:
    when = parse_date(text)
    assert when is not None
    assert (when.at.isoformat(), when.precision) == (iso, precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "call 2031 now",
        "31/31/2031",
        "version 1.2.3",
        "2031-02-30",
        "1847-05-03",
        "maybe later",
        "may 99",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None


def test_figures_are_read_the_way_of_the_page() -> None:
    british, american = parse_date("03/04/2031"), parse_date("03/04/2031", day_first=False)
    assert british is not None
    assert american is not None
    assert (british.at.month, american.at.month) == (4, 3)


def test_a_claim_in_utc_moves_to_the_zone_of_the_printed_clock() -> None:
    claim, shown, day = (
        parse_date("2031-05-04T01:30:00Z"),
        parse_date("May 3, 2031 9:30 p.m."),
        parse_date("3 May 2031"),
    )
    assert claim is not None
    assert shown is not None
    assert day is not None
    moved = in_local_zone(claim, [shown])
    assert moved.at == claim.at
    assert moved.at.utcoffset() == timedelta(hours=-4)
    assert in_local_zone(claim, [day]).day == day.day
    assert in_local_zone(claim, []) == claim


def test_json_ld_comes_before_meta_before_text() -> None:
    ld = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": '
        '"Ferry stays", "inLanguage": "en-GB",'
        '"author": [{"@type": "Person", "name": "Ada Lund"}, {"@id": "#bo"}], "datePublished": '
        '"2031-05-03T14:05:00+01:00",'
        '"dateModified": "2031-05-03T16:00:00+01:00", "publisher": {"name": "The Eastmere '
        'Lantern"},},'
        '{"@type": "Person", "@id": "#bo", "name": "Bo Sand"}]}</script>'
    )
    about = read(
        ld + '<meta name="author" content="Somebody Else"><meta property="og:site_name" '
        'content="Eastmere Lantern">'
    )
    assert about.title == "Ferry stays"
    assert about.authors == ("Ada Lund", "Bo Sand")
    assert about.published.when is not None
    assert about.published.when.at.isoformat() == "2031-05-03T14:05:00+01:00"
    assert (about.published.when.precision, about.published.source) == ("second", "json-ld")
    assert about.published.modified is not None
    assert about.published.modified.at.hour == 16
    assert (about.site, about.language, about.is_paywalled) == ("Eastmere Lantern", "en", False)


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        "[]",
        "null",
        "3",
        '{"@type": 7}',
        '{"@type": ["NewsArticle", {}], "author": {"name": {"a": []}}}',
        "{" * 3000,
    ],
)
def test_broken_json_ld_is_passed_over(broken: str) -> None:
    assert read(f'<script type="application/ld+json">{broken}</script>').title == "Ferry stays"


def test_a_date_in_the_future_is_flagged() -> None:
    head = '<meta property="article:published_time" content="2031-05-03T14:05:00Z">'
    assert read(head, fetched_at=datetime(2031, 5, 1, tzinfo=UTC)).published.flags == (
        "date_future",
    )
    assert read(head, fetched_at=datetime(2031, 5, 3, tzinfo=UTC)).published.flags == ()


def test_a_date_that_the_page_contradicts_is_flagged() -> None:
    head = '<meta property="article:published_time" content="2031-05-03T14:05:00Z">'
    assert read(head, "<h1>Ferry stays</h1><p>9 May 2031</p>").published.flags == ("date_conflict",)
    assert read(head, "<h1>Ferry stays</h1><p>4 May 2031</p>").published.flags == ()
    assert read(head, "<h1>Ferry stays</h1><p>Updated 9 May 2031</p>").published.flags == ()


def test_the_address_dates_a_page_that_says_nothing_else() -> None:
    about = read("")
    assert about.published.when is not None
    assert (about.published.when.at.date().isoformat(), about.published.source) == (
        "2031-05-03",
        "url",
    )


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<link rel="canonical" href="/2031/ferry#top">', "https://www.lantern.example/2031/ferry"),
        ('<link rel="canonical" href="https://www.lantern.example/">', URL),
        (
            '<meta property="og:url" content="https://lantern.example/a">',
            "https://lantern.example/a",
        ),
        ('<link rel="canonical" href="javascript:void(0)">', URL),
        ('<link rel="canonical" href="http://[broken">', URL),
        ("", URL),
    ],
)
def test_the_canonical_address(head: str, expected: str) -> None:
    assert read(head).canonical_url == expected


def test_hosts_and_domains() -> None:
    assert host_of("https://WWW.News.Example.co.uk:443/a") == "news.example.co.uk"
    assert domain_of("https://www.news.example.co.uk/a") == "example.co.uk"
    assert (host_of(None), host_of("no address"), host_of("http://[x")) == (None, None, None)
    assert canonical_origin("https://tidewire.example/a", URL) == "tidewire.example"
    assert canonical_origin("https://m.lantern.example/a", URL) is None


@pytest.mark.parametrize(
    ("line", "outlet"), [tuple(pair) for notice in NOTICES for pair in notice["names"]]
)
def test_syndication_notices_name_the_outlet(line: str, outlet: str) -> None:
    assert find_origin([line]) == outlet


@pytest.mark.parametrize("line", [line for notice in NOTICES for line in notice["silent"]])
def test_other_sentences_name_no_outlet(line: str) -> None:
    assert find_origin([line]) is None


def test_paywalls_are_declared_in_two_ways() -> None:
    assert read('<meta property="article:content_tier" content="locked">').is_paywalled
    assert read(
        "<script "
        'type="application/ld+json">{"@type":"NewsArticle","headline":"x","isAccessibleForFree":false}</script>'
    ).is_paywalled


@pytest.mark.parametrize(
    ("head", "body", "names"),
    [
        (
            '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" '
            'content="Ada Lund">',
            "",
            ("Ada Lund",),
        ),
        (
            '<meta name="twitter:label1" content="Reading time"><meta name="twitter:data1" '
            'content="Three Minutes">',
            "",
            (),
        ),
        ("", '<aside><span class="author">Ada Lund</span></aside>', ("Ada Lund",)),
        ("", '<aside><p class="author">Ada Lund</p><p class="author">Bo Sand</p></aside>', ()),
        ('<meta name="author" content="adalund">', '<p class="author">Ada Lund</p>', ("Ada Lund",)),
        ("", '<div class="author">Ada Lund May 3, 2031</div>', ("Ada Lund",)),
        ("", "<p>By Ada Lund-Brook</p>", ("Ada Lund-Brook",)),
    ],
)
def test_authors_that_only_the_page_itself_shows(
    head: str, body: str, names: tuple[str, ...]
) -> None:
    assert read(head, f"<h1>Ferry stays</h1>{body}").authors == names


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Ada Lund, PhD", ("Ada Lund",)),
        ("Abdul Md Rahman", ("Abdul Md Rahman",)),
        ("Maria &amp; Ada Lund", ("Maria", "Ada Lund")),
        ("page.head.author", ()),
        ("Rechtsanwältin Ada Lund", ("Ada Lund",)),
        ("Email, YouTube, Ada Lund", ("Ada Lund",)),
        ("capital; Ada Lund", ("Ada Lund",)),
        ("surfguard", ("surfguard",)),
    ],
)
def test_degrees_offices_and_unfilled_fields_are_no_names(
    said: str, names: tuple[str, ...]
) -> None:
    assert clean_names([said]) == names


def test_a_line_that_says_published_comes_before_other_dates() -> None:
    about = read(
        "", "<p>May 11, 2031</p><h1>Ferry stays</h1><p>Published on May 10, 2031</p>", url=None
    )
    assert about.published.when is not None
    assert about.published.when.at.date().isoformat() == "2031-05-10"
