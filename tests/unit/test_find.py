"""Links out of feeds, sitemaps, section pages and lists."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.acquire.find import sitemaps
from flows.acquire.find.canonical import FindError, link_to
from flows.acquire.find.feeds import read_feed
from flows.acquire.find.lists import list_links
from flows.acquire.find.sections import section_links
from flows.acquire.find.sitemaps import read_sitemap
from flows.acquire.find.times import read_time
from flows.acquire.find.unzip import unzipped
from flows.config.errors import InputError
from flows.demo import render
from flows.demo.render import Outlet, Story

TIDE = Outlet("https://tide.example", "Ellery Tide")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
STORIES = tuple(
    Story(
        f"/news/{name}", title, ("Words.",), NOON - timedelta(hours=n), NOON + timedelta(minutes=n)
    )
    for n, (name, title) in enumerate(
        [
            ("port-ellery-widens-its-quay", "Port Ellery widens its quay"),
            ("no-ferry-to-stellan", "No ferry for Stellan & its islanders"),
        ]
    )
)


@pytest.mark.parametrize("form", [render.rss, render.atom])
def test_feeds_of_both_kinds(form: object) -> None:
    assert callable(form)
    feed = read_feed(form(TIDE, STORIES).encode(), "https://tide.example/rss.xml", "tide")
    assert feed.title == "Ellery Tide"
    assert [link.url for link in feed.links] == [TIDE.base + story.path for story in STORIES]
    assert [link.title for link in feed.links] == [story.title for story in STORIES]
    assert [link.published_at for link in feed.links] == [story.published_at for story in STORIES]
    first = feed.links[0]
    assert (first.kind, first.source_id, first.found_in) == (
        "feed",
        "tide",
        "https://tide.example/rss.xml",
    )
    assert first.changed_at == (STORIES[0].changed_at if form is render.atom else None)


def rss(entries: str, head: str = "") -> bytes:
    return (
        '<rss version="2.0" '
        f'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel>{head}{entries}</channel></rss>'
    ).encode()


def test_a_feed_as_publishers_write_them() -> None:
    entries = """
      <item><title>Ebb &amp; &lt;b&gt;flood&lt;/b&gt;</title><link> /news/ebb?utm_source=rss </link>
        <pubDate>Sun, 01 Mar 2026 13:00:00 +0100</pubDate></item>
      <item><title>Same again</title><link>https://m.tide.example/news/ebb</link></item>
      <item><title>By its number</title><guid isPermaLink="true">https://tide.example/?p=77</guid><pubDate>yesterday</pubDate></item>
      <item><title>A podcast</title><link>https://tide.example/audio/1.mp3</link></item>
      <item><title>Mail us</title><link>mailto:desk@tide.example</link></item>
      <item><title>No link</title></item>
      <item><link>https://me:secret@tide.example/news/flow#share</link>
        <feedburner:origLink>https://me:secret@tide.example/news/flow#share</feedburner:origLink></item>
    """
    links = read_feed(
        rss(entries, "<language>en-gb</language>"), "https://tide.example/feeds/rss.xml"
    ).links
    assert [link.url for link in links] == [
        "https://tide.example/news/ebb?utm_source=rss",
        "https://tide.example/?p=77",
        "https://tide.example/news/flow",
    ]
    assert links[0].key == "https://tide.example/news/ebb"
    assert links[0].title == "Ebb & flood"
    assert links[0].published_at == NOON
    assert links[1].published_at is None


def test_a_feed_in_another_encoding_and_a_broken_one() -> None:
    content = (
        '<?xml version="1.0" encoding="iso-8859-1"?>'
        + rss("<item><title>Käse</title><link>https://t.example/a</link></item>").decode()
    )
    assert read_feed(content.encode("latin-1"), "https://t.example/f").links[0].title == "Käse"
    headed = (
        rss("<item><title>Käse</title><link>https://t.example/a</link></item>")
        .decode()
        .encode("latin-1")
    )
    assert (
        read_feed(
            headed, "https://t.example/f", content_type="application/rss+xml; charset=iso-8859-1"
        )
        .links[0]
        .title
        == "Käse"
    )
    cut = rss(
        "<item><title>Whole</title><link>https://t.example/a</link></item><item><title>Cut & bro"
    )[:-20]
    assert read_feed(cut, "https://t.example/f").links[0].title == "Whole"
    assert read_feed(rss(""), "https://t.example/f").links == ()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body>Please accept cookies",
        b"https://tide.example/rss.xml",
        b"\x1f\x8bnothing",
    ],
)
def test_what_is_no_feed(content: bytes) -> None:
    with pytest.raises(FindError, match=r"https://tide\.example/f"):
        read_feed(content, "https://tide.example/f")


def test_a_news_sitemap_and_an_index() -> None:
    sitemap = read_sitemap(
        gzip.compress(render.news_sitemap(TIDE, STORIES).encode()),
        "https://tide.example/news.xml.gz",
        "tide",
    )
    assert (sitemap.kind, sitemap.is_whole, len(sitemap.links)) == ("news", True, 2)
    first = sitemap.links[0]
    assert (first.url, first.title) == (TIDE.base + STORIES[0].path, STORIES[0].title)
    assert (first.published_at, first.changed_at, first.kind) == (
        STORIES[0].published_at,
        STORIES[0].changed_at,
        "sitemap",
    )
    index = read_sitemap(
        render.sitemap_index([("https://tide.example/a.xml.gz", NOON)]).encode(),
        "https://tide.example/sitemap.xml",
    )
    assert (index.kind, index.links) == ("index", ())
    assert [(child.url, child.changed_at) for child in index.children] == [
        ("https://tide.example/a.xml.gz", NOON)
    ]


def test_a_sitemap_as_publishers_write_them() -> None:
    content = b"""

    <urlset xmlns="http://www.google.com/schemas/sitemap/0.84" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
    <!-- generated --><?robots?>
    <url><loc> https://tide.example/a?x=1&amp;y=2 </loc><lastmod>2026-03-01</lastmod>
      <image:image><image:loc>https://tide.example/a.jpg</image:loc></image:image></url>
    <url><image:image><image:loc>https://tide.example/c.jpg</image:loc></image:image><loc>https://tide.example/c</loc><lastmod>soon</lastmod></url>
    <url><loc>/relative</loc></url><url><loc></loc></url><url/>
    <url><loc>https://tide.example/a?y=2&amp;x=1#twice</loc></url>
    </urlset>
    """
    sitemap = read_sitemap(content, "https://tide.example/s.xml")
    assert [link.url for link in sitemap.links] == [
        "https://tide.example/a?x=1&y=2",
        "https://tide.example/c",
        "https://tide.example/relative",
    ]
    assert [link.changed_at for link in sitemap.links] == [
        datetime(2026, 3, 1, tzinfo=UTC),
        None,
        None,
    ]
    assert (sitemap.kind, sitemap.is_whole) == ("pages", True)


def test_other_forms_of_sitemaps() -> None:
    plain = read_sitemap(
        b"\xef\xbb\xbfhttps://tide.example/a\r\nnonsense\nhttps://tide.example/b\n",
        "https://tide.example/s.txt",
    )
    assert ([link.url for link in plain.links], plain.kind) == (
        ["https://tide.example/a", "https://tide.example/b"],
        "list",
    )
    feed = read_sitemap(render.rss(TIDE, STORIES).encode(), "https://tide.example/s.xml")
    assert (len(feed.links), feed.kind) == (2, "feed")
    for content in (b"", b"nothing here", b"<html><body>404</body></html>"):
        with pytest.raises(FindError, match=r"s\.xml"):
            read_sitemap(content, "https://tide.example/s.xml")


def test_a_sitemap_that_is_cut_broken_or_too_long_gives_what_can_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = render.news_sitemap(TIDE, STORIES).encode()
    for content in (
        whole[:-90],
        gzip.compress(whole[:-90], mtime=0),
        gzip.compress(whole, mtime=0)[:-40],
        whole.replace(b"</loc><lastmod>", b"</lok><", 1),
    ):
        cut = read_sitemap(content, "https://tide.example/s.xml")
        assert not cut.is_whole
        assert cut.links
    many = "".join(f"<url><loc>https://tide.example/{n}</loc></url>" for n in range(205))
    monkeypatch.setattr(sitemaps, "MAX_LINKS", 200)
    long = read_sitemap(
        f'<urlset xmlns="{render.SITEMAP}">{many}</urlset>'.encode(), "https://tide.example/s.xml"
    )
    assert (len(long.links), long.is_whole) == (200, False)


def test_a_sitemap_opens_no_files_and_blows_up_no_entities(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("https://tide.example/secret", encoding="utf-8")
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = (
        f'<!DOCTYPE urlset [<!ENTITY s SYSTEM "{secret.as_uri()}"><!ENTITY l0 "https://lol">{lol}]>'
    )
    body = "<url><loc>&s;</loc></url><url><loc>&l11;</loc></url><url><loc>https://tide.example/a</loc></url>"
    sitemap = read_sitemap(f"{head}<urlset>{body}</urlset>".encode(), "https://tide.example/s.xml")
    assert "https://tide.example/secret" not in {link.url for link in sitemap.links}
    assert all(len(link.url) < 100 for link in sitemap.links)


def test_unzipping_stops_at_the_limit() -> None:
    assert unzipped(gzip.compress(b"ab") + gzip.compress(b"cd"), 10) == (b"abcd", True)
    assert unzipped(gzip.compress(b"0" * 1000), 100) == (b"0" * 100, False)
    assert unzipped(b"0" * 1000, 100) == (b"0" * 100, False)
    assert unzipped(gzip.compress(bytes(range(256)) * 40)[:-9], 20_000)[1] is False


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-01T13:00:00+01:00", NOON),
        ("2026-03-01T12:00:00Z", NOON),
        ("2026-03-01T12:00Z", NOON),
        ("Sun, 01 Mar 2026 12:00:00 GMT", NOON),
        ("2026-03-01 12:00:00", NOON),
        ("2026-03-01", NOON.replace(hour=0)),
        ("soon", None),
        ("0001-01-01T00:00:00+12:00", None),
        ("", None),
        (None, None),
    ],
)
def test_times(text: str | None, moment: datetime | None) -> None:
    assert read_time(text) == moment


FRONT = """
<html><head><base href="https://tide.example/council/"></head><body>
<header><a href="/">Ellery Tide</a><nav class="main-nav"><a href="/sport/">Sport</a> <a href="/council/">Council</a>
  <a href="/climate-and-sea/">Climate and sea</a></nav></header>
<main>
  <div class="teaser"><a href="https://tide.example/2026/03/01/quay"><img src="q.jpg"></a>
    <h2><a href="https://tide.example/2026/03/01/quay">Quay to be widened</a></h2>
    <a href="https://tide.example/2026/03/01/quay#comments">12</a></div>
  <div class="teaser"><a href="mayor-resigns-over-the-ferry.html"><h3>Mayor resigns</h3></a>
    <a href="/author/odalys-brandt">Odalys Brandt</a></div>
  <div class="teaser"><h3><a href="/climate-and-sea/">Climate and sea</a></h3></div>
  <ul><li><a href="/news/tanker-aground-off-cape-morrow">Tanker aground off Cape Morrow, crew ashore</a></li>
    <li><a href="story.php?id=4711&amp;utm_medium=front">The harbour master tells of his longest night at sea</a></li>
    <li><a href="/tags/harbour-council-sits-again-today">Everything that we know about the harbour council</a></li>
    <li><a href="/picture-123456.jpg">A picture of the harbour as it was before</a></li>
    <li><a href="javascript:void(0)">Read all of what our readers say today</a></li>
    <li><a href="https://other.example/news/2026/03/01/a-story-of-somebody-else">A story that somebody else has written about us</a></li>
    <li><a href="https://video.tide.example/2026/03/01/ferry">The ferry leaves for the very last time</a></li></ul>
  <a href="/weather/">Weather</a> <a href="/weather/storm-123456-closes-harbour">Storm closes the harbour for a second day</a>
</main>
<footer><a href="/terms-and-conditions-of-use">Terms and conditions of use of this site</a> <a href="/impressum">Impressum</a></footer>
</body></html>
"""  # noqa: E501


def test_a_section_page_gives_its_articles() -> None:
    links = section_links(FRONT.encode(), "https://www.tide.example/council/", "tide")
    assert {link.key: link.title for link in links} == {
        "https://tide.example/2026/03/01/quay": "Quay to be widened",
        "https://tide.example/council/mayor-resigns-over-the-ferry.html": "Mayor resigns",
        "https://tide.example/news/tanker-aground-off-cape-morrow": "Tanker aground off Cape Morrow, crew "  # noqa: E501
        "ashore",
        "https://tide.example/council/story.php?id=4711": "The harbour master tells of his "
        "longest night at sea",
        "https://video.tide.example/2026/03/01/ferry": "The ferry leaves for the very last time",
        "https://tide.example/weather/storm-123456-closes-harbour": "Storm closes the harbour for a second "  # noqa: E501
        "day",
    }
    assert {(link.kind, link.source_id, link.found_in) for link in links} == {
        ("section", "tide", "https://www.tide.example/council/")
    }
    zipped = gzip.compress(FRONT.encode())
    assert section_links(zipped, "https://www.tide.example/council/", "tide") == links


def test_the_demo_front_page_gives_its_stories_and_a_page_of_nothing_nothing() -> None:
    links = section_links(render.front_page(TIDE, STORIES).encode(), "https://tide.example/")
    assert [link.url for link in links] == [TIDE.base + story.path for story in STORIES]
    assert section_links(b"", "https://tide.example/") == ()
    assert section_links(b"\x89PNG\r\n\0\0<a href=", "https://tide.example/") == ()


def test_headlines_without_spaces() -> None:
    page = '<main><p><a href="/a/b/c">港務局は火曜日に北岸壁の拡張を決定しました</a> <a href="/x/y/z">経済</a></p></main>'  # noqa: E501
    assert [link.url for link in section_links(page.encode(), "https://tide.example/")] == [
        "https://tide.example/a/b/c"
    ]


def test_a_list_of_addresses() -> None:
    text = (
        "\ufeff# ours\nhttps://tide.example/a\n\n  http://www.tide.example/a/  "
        "\nhttps://tide.example/b.pdf\n"
    )
    for content in (text.encode(), gzip.compress(text.encode())):
        links = list_links(content, "lists/tide.txt", "tide")
        assert [link.url for link in links] == [
            "https://tide.example/a",
            "https://tide.example/b.pdf",
        ]
        assert {(link.kind, link.found_in) for link in links} == {("list", "lists/tide.txt")}
    with pytest.raises(InputError, match=r"lists/tide.txt, line 2: invalid URL 'tide.example/a'"):
        list_links(b"https://tide.example/b\ntide.example/a\n", "lists/tide.txt")
    with pytest.raises(InputError, match="cannot be read"):
        list_links(gzip.compress(text.encode())[:-9], "lists/tide.txt")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "#",
        "mailto:a@tide.example",
        "javascript:void(0)",
        "http://",
        "http://[",
        "/a.css",
        "data:text/html,x",
    ],
)
def test_what_leads_to_no_page(url: str) -> None:
    link = link_to(url, "https://tide.example/", "section")
    assert link is None or link.key == "https://tide.example"
