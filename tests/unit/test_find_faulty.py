"""Links out of feeds, sitemaps and pages that are written wrongly: each gives what it means, or
says why it gives nothing.
"""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest

from flows.acquire.find.canonical import link_to
from flows.acquire.find.feeds import read_feed
from flows.acquire.find.resolve import resolve, unwrapped
from flows.acquire.find.sections import section_links
from flows.acquire.find.sitemaps import read_sitemap
from flows.acquire.find.times import read_time
from flows.acquire.web.listings import detect_kind, listed

AT = "https://tide.example/front/all"


def rss(entries: str, head: str = "", declaration: str = "") -> bytes:
    return (
        f"{declaration}<rss "
        f'version="2.0"><channel><title>Tide</title>{head}{entries}</channel></rss>'
    ).encode()


def entry(title: str, more: str = "", link: str = "https://tide.example/a-1") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Storm &#55357;&#56841; over", "Storm 😉 over"),
        ("Storm &#xD83D;&#xDE09; over", "Storm 😉 over"),
        ("Half &#55357; pair", "Half \ufffd pair"),
        ("Beyond &#x110000; all", "Beyond \ufffd all"),
        ("Beyond &#99999999999; all", "Beyond \ufffd all"),
        ("A bell &#7;rings", "A bell rings"),
        ("Fish & chips &eacute; &amp; &unknown;", "Fish & chips é & &unknown;"),
        ("<![CDATA[Fish & chips]]>", "Fish & chips"),
    ],
)
def test_a_title_with_wrong_references(written: str, title: str) -> None:
    found = listed("feed", rss(entry(written)), AT, "tide", None)
    assert found.fault is None
    assert found.links[0].title == title
    found.links[0].title.encode()


@pytest.mark.parametrize(
    ("label", "codec", "title"),
    [
        ("gb2312", "gbk", "港口朱镕来了"),
        ("x-sjis", "cp932", "港①の工事が始まる"),
        ("ks_c_5601-1987", "cp949", "항구 뷁 공사"),
        ("big5", "big5hkscs", "香港嘅碼頭"),
        ("iso-8859-1", "cp1252", "The quay’s “end”"),
    ],
)
def test_a_charset_means_what_browsers_take_it_for(label: str, codec: str, title: str) -> None:
    declared = f'<?xml version="1.0" encoding="{label}"?>'
    feed = rss(entry(title), "", declared).decode().encode(codec)
    assert listed("feed", feed, AT, "tide", None).links[0].title == title


def test_one_wrong_byte_does_not_garble_the_others() -> None:
    feed = rss(entry("Käse und Öl am Käi XX")).replace(b"XX", b"\xe9")
    assert listed("feed", feed, AT, "tide", None).links[0].title == "Käse und Öl am Käi é"


def test_listings_in_forms_that_few_use() -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [{"external_url": "/a-1"}]}
    (link,) = listed("feed", json.dumps(feed).encode("utf-16"), AT, "tide", None).links
    assert link.url == "https://tide.example/a-1"
    shouted = b"<urlset><URL><LOC>https:/tide.example/a-1</LOC></URL></urlset>"
    assert [link.url for link in listed("sitemap", shouted, AT, "tide", None).links] == [link.url]
    page = b'<main><h2><a href="/a-12345">The council of Ellery sits again today</a></h2></main>'
    assert len(listed("section", gzip.compress(page), AT, "tide", None).links) == 1
    for start in (
        "<RSS version='2.0'>",
        "<!DOCTYPE rss [<!ENTITY nbsp '&#160;'>]><rss>",
        "<!DOCTYPE rss SYSTEM 'a.dtd' [\n<!ENTITY a 'b'>\n]\n><rss>",
    ):
        assert detect_kind(start.encode()) == "feed"


@pytest.mark.parametrize(
    ("item", "path"),
    [
        ({"url": "/a-1", "external_url": "/b-2"}, "/a-1"),
        ({"id": "https://tide.example/c-3", "external_url": "/b-2"}, "/c-3"),
        ({"id": "7", "external_url": "/b-2"}, "/b-2"),
    ],
)
def test_an_item_that_is_about_another_page_is_its_own(item: dict[str, str], path: str) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [item]}
    (link,) = listed("feed", json.dumps(feed).encode(), AT, "tide", None).links
    assert link.url == f"https://tide.example{path}"


def test_feeds_and_sitemaps_in_forms_that_fewer_use() -> None:
    def paths(kind: str, text: str | bytes) -> list[str]:
        content = text.encode() if isinstance(text, str) else text
        links = listed(kind, content, AT, None, None).links
        return [link.url.removeprefix("https://tide.example") for link in links]

    at = "https://tide.example"
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Q</title>{}</entry></feed>'
    assert paths("feed", atom.format(f'<content type="text/html" src="{at}/a"/>')) == ["/a"]
    prefixed = "<r:rss xmlns:r='x'><r:item><r:title>Q</r:title><r:link>/a</r:link></r:item></r:rss>"
    assert paths("feed", prefixed) == ["/a"]
    assert paths("feed", prefixed.replace("rss", "menu")) == [], "an item of something else"
    urls = f"<urlset><url><loc>{at}/a</loc></url></urlset>"
    assert paths("sitemap", f"<br />\n<b>Warning</b>: x on line 3<br />\n{urls}") == ["/a"]
    assert paths("sitemap", f"<html><body><p>An example: {urls}</p></body></html>") == []
    assert paths("sitemap", urls.upper().replace(f"{at}/a".upper(), f"{at}/a")) == ["/a"]
    assert paths("sitemap", urls.replace("/a<", "/a?x=1&amp;amp;y=2<")) == ["/a?x=1&y=2"]
    picture = "<image:loc>https://tide.example/i</image:loc></url>"
    assert paths("sitemap", urls.replace("</url>", picture)) == ["/a"]
    unclosed = f"<urlset><url><loc>{at}/a</loc><url><loc>{at}/b</loc></url></urlset>"
    assert sorted(paths("sitemap", unclosed)) == ["/a", "/b"]
    assert paths("sitemap", gzip.compress(gzip.compress(urls.encode()))) == ["/a"]


@pytest.mark.parametrize("charset", ["undefined", "idna", "no-such", "x" * 200, ""])
def test_a_charset_that_is_none_counts_for_nothing(charset: str) -> None:
    declared = f'<?xml version="1.0" encoding="{charset}"?>'
    header = f"application/rss+xml; charset={charset}"
    for content in (rss(entry("Käse")), rss(entry("Käse"), "", declared)):
        assert listed("feed", content, AT, "tide", header).links[0].title == "Käse"
    page = '<main><h2><a href="/a-12345">Käse aus Stellan wird teurer als je</a></h2></main>'
    found = listed("section", page.encode(), AT, "tide", header)
    assert [link.title for link in found.links] == ["Käse aus Stellan wird teurer als je"]


def test_a_feed_with_broken_georss_gives_its_entries() -> None:
    broken = '<georss:polygon xmlns:georss="http://www.georss.org/georss">1 2 x</georss:polygon>'
    links = read_feed(rss(entry("Ebb", broken) + entry("Flow", link="/b-2")), AT).links
    assert [link.url for link in links] == ["https://tide.example/a-1", "https://tide.example/b-2"]


@pytest.mark.parametrize(
    ("entries", "urls"),
    [
        (
            "<item><link/><guid>https://tide.example/p-7</guid></item>",
            ["https://tide.example/p-7"],
        ),
        ('<item><link/><guid isPermaLink="false">https://tide.example/p-7</guid></item>', []),
        ("<item><guid>tag:tide.example,2026:7</guid></item>", []),
        (entry("A", link="www.tide.example/a-3"), ["https://www.tide.example/a-3"]),
        (entry("A", link="/news/big storm.html"), ["https://tide.example/news/big%20storm.html"]),
        (entry("A", link="https:\\\\tide.example\\a-3"), ["https://tide.example/a-3"]),
        (entry("A", link="http://[x"), []),
        (entry("A", link="http://xn--/x"), ["http://xn--/x"]),
        (
            entry(
                "A",
                link="https://www.google.com/url?rct=j&amp;url=https://ex.example/n-1&amp;ct=ga",
            ),
            ["https://ex.example/n-1"],
        ),
        (
            entry(
                "A",
                link="http://www.bing.com/news/apiclick.aspx?tid=1&amp;url=https%3a%2f%2fex.example%2fn-1",
            ),
            ["https://ex.example/n-1"],
        ),
        (
            entry("A", link="https://tide.example/url?url=https://ex.example/n-1"),
            ["https://tide.example/url?url=https://ex.example/n-1"],
        ),
    ],
)
def test_an_entrys_address(entries: str, urls: list[str]) -> None:
    found = [link.url for link in read_feed(rss(entries), AT).links]
    assert [url for url in found if "xn--/" not in url] == [u for u in urls if "xn--/" not in u]


def test_json_feeds() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Tide",
        "language": "en",
        "next_url": "/feed.json?page=2",
        "items": [
            {
                "id": "1",
                "url": "/quay-1",
                "title": "Quay",
                "date_published": "2026-03-01T12:00:00Z",
            },
            {"id": "https://tide.example/ferry-2", "title": "Ferry"},
            {"id": "3", "title": "No address"},
            "nonsense",
        ],
    }
    content = json.dumps(feed).encode()
    assert detect_kind(b"\xef\xbb\xbf" + content) == "feed"
    read = read_feed(b"\xef\xbb\xbf" + content, "https://tide.example/feed.json")
    assert [link.url for link in read.links] == [
        "https://tide.example/quay-1",
        "https://tide.example/ferry-2",
    ]
    assert read.links[0].published_at == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert (read.older, read.unread_count) == ("https://tide.example/feed.json?page=2", 2)
    for other in (
        b'{"items": []}',
        b'{"version": 1}',
        b"{",
        b'{"version": "https://jsonfeed.org/version/1"}',
    ):
        assert AT in (listed("feed", other, AT, None, None).fault or "")
        assert listed("feed", other, AT, None, None).links == ()


def test_a_feeds_older_pages() -> None:
    wordpress = "<generator>https://wordpress.org/?v=6.4</generator>"
    assert read_feed(rss("", wordpress), "https://t.example/feed/").older == (
        "https://t.example/feed/?paged=2"
    )
    assert read_feed(rss("", wordpress), "https://t.example/feed/?a=b&paged=2").older == (
        "https://t.example/feed/?a=b&paged=3"
    )
    assert read_feed(rss(""), "https://t.example/feed/").older is None
    linked = '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="next" href="/feed/2"/>'
    assert read_feed(rss("", linked), "https://t.example/feed/").older == "https://t.example/feed/2"


def urlset(entries: str, root: str = "urlset", names: str = "") -> bytes:
    return (
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {names}>{entries}</{root}>'
    ).encode()


def test_a_sitemap_with_undeclared_namespaces() -> None:
    news = "<news:news><news:publication_date>2026-03-01</news:publication_date><news:title>Quay</news:title></news:news>"  # noqa: E501
    image = "<image:image><image:loc>https://tide.example/i.jpg</image:loc></image:image>"
    hreflang = '<xhtml:link rel="alternate" hreflang="de" href="https://tide.example/de"/>'
    content = urlset(f"<url><loc>https://tide.example/a-1</loc>{news}{image}{hreflang}</url>")
    found = read_sitemap(content, "https://tide.example/s.xml")
    assert [(link.url, link.title) for link in found.links] == [
        ("https://tide.example/a-1", "Quay")
    ]
    assert found.kind == "news"


@pytest.mark.parametrize(
    ("loc", "url"),
    [
        ("https://tide.example/s.php?id=5&cat=2", "https://tide.example/s.php?id=5&cat=2"),
        ("https://tide.example/s.php?id=5&amp;cat=2", "https://tide.example/s.php?id=5&cat=2"),
        ("https://tide.example/s.php?a=1&copy=2", "https://tide.example/s.php?a=1&copy=2"),
        (
            "<![CDATA[https://tide.example/s.php?id=5&cat=2]]>",
            "https://tide.example/s.php?id=5&cat=2",
        ),
        ("https://tide.example/grand opening", "https://tide.example/grand%20opening"),
        ("\n  https://tide.example/a\n", "https://tide.example/a"),
        ("www.tide.example/a", "https://www.tide.example/a"),
    ],
)
def test_a_sitemaps_address(loc: str, url: str) -> None:
    found = read_sitemap(urlset(f"<url><loc>{loc}</loc></url>"), "https://tide.example/s.xml")
    assert [link.url for link in found.links] == [url]


def test_entries_without_an_address_are_told() -> None:
    good = "<url><loc>https://tide.example/a-1</loc></url>"
    found = listed("sitemap", urlset(good + "<url/><url><loc> </loc></url>"), AT, None, None)
    assert [link.url for link in found.links] == ["https://tide.example/a-1"]
    assert found.note == "2 entries without an address that leads to a page"
    none = listed("sitemap", urlset("<url><lastmod>2026-03-01</lastmod></url>"), AT, None, None)
    assert none.fault == f"{AT}: none of its 1 entries has an address"


@pytest.mark.parametrize(
    "entries",
    [
        "<sitemap><loc>https://tide.example/s-1.xml</loc></sitemap>",
        "<url><loc>https://tide.example/s-1.xml</loc></url>",
    ],
)
def test_a_urlset_that_lists_sitemaps(entries: str) -> None:
    found = listed("sitemap", urlset(entries), AT, None, None)
    assert found.sitemaps == ("https://tide.example/s-1.xml",)


@pytest.mark.parametrize(
    ("base", "href", "url"),
    [
        ("", "/a b-12345", "https://tide.example/a%20b-12345"),
        ("", "\\a-12345", "https://tide.example/a-12345"),
        ("", "/a-\n123\t45", "https://tide.example/a-12345"),
        ("http://[x", "a-12345", "https://tide.example/front/a-12345"),
        ("//tide.example/deep/", "a-12345", "https://tide.example/deep/a-12345"),
        ("/deep/", "../a-12345", "https://tide.example/a-12345"),
        ("", "www.tide.example/a-12345", "https://www.tide.example/a-12345"),
        ("", "https:/a-12345", "https://tide.example/a-12345"),
    ],
)
def test_a_pages_links_are_read_as_browsers_do(base: str, href: str, url: str) -> None:
    words = "The harbour council sits for the last time"
    page = f"<base href='{base}'><main><h2><a href='{href}'>{words}</a></h2></main>"
    assert [link.url for link in section_links(page.encode(), AT)] == [url]


def test_one_bad_link_on_a_page_costs_itself() -> None:
    words = "The harbour council sits for the last time"
    page = f"<h2><a href='http://[x'>{words}</a></h2><h2><a href='/b-12345'>{words}</a></h2>"
    assert [link.url for link in section_links(page.encode(), AT)] == [
        "https://tide.example/b-12345"
    ]


def test_a_foreign_host_without_a_scheme_is_relative_on_a_page() -> None:
    assert resolve("www.ebb.example/a", "https://tide.example/x/") == (
        "https://tide.example/x/www.ebb.example/a"
    )
    typed = link_to("www.ebb.example/a", "https://tide.example/x/", "feed")
    assert typed
    assert typed.url == "https://www.ebb.example/a"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2016/6/29 15:07:41", datetime(2016, 6, 29, 15, 7, 41, tzinfo=UTC)),
        ("2026-3-1", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026.03.01 08:30", datetime(2026, 3, 1, 8, 30, tzinfo=UTC)),
        ("1764000000", datetime(2025, 11, 24, 16, tzinfo=UTC)),
        ("1764000000000", datetime(2025, 11, 24, 16, tzinfo=UTC)),
        ("20260301", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026/13/45", None),
        ("12", None),
        ("9" * 5000, None),
    ],
)
def test_times_in_digits(text: str, moment: datetime | None) -> None:
    assert read_time(text) == moment


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://yandex.ru/clck/jsredir?from=x&url={}", "https://tide.example/a-1"),
        ("https://slack-redir.net/link?url={}", "https://tide.example/a-1"),
        ("https://www.pinterest.com/offsite/?u={}", "https://tide.example/a-1"),
        ("https://medium.com/r/?url=/about", "https://medium.com/r/?url=/about"),
        ("https://medium.com/read/?url={}", None),
    ],
)
def test_a_link_is_taken_out_of_a_redirect_that_is_known(url: str, target: str | None) -> None:
    given = url.format("https%3A%2F%2Ftide.example%2Fa-1")
    assert unwrapped(given) == (target or given)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("1764000000", datetime(2025, 11, 24, 16, tzinfo=UTC)),
        ("20260301T100000Z", datetime(2026, 3, 1, 10, tzinfo=UTC)),
        ("Sun, 01 Mar 2026 10:00:00 CEST", datetime(2026, 3, 1, 8, tzinfo=UTC)),
        ("So, 01 Mär 2026 10:00:00 +0100", datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ("Вс, 01 мар 2026 10:00:00 +0300", datetime(2026, 3, 1, 7, tzinfo=UTC)),
        ("Sunday, March 1, 2026 - 10:00", datetime(2026, 3, 1, 10, tzinfo=UTC)),
        ("01.03.2026 10:00", datetime(2026, 3, 1, 10, tzinfo=UTC)),
        ("Sun, 1 Mar 26 10:00:00 GMT", datetime(2026, 3, 1, 10, tzinfo=UTC)),
        ("01/03/2026", None),
        ("soon", None),
    ],
)
def test_a_feeds_odd_dates_are_read(written: str, moment: datetime | None) -> None:
    links = read_feed(rss(entry("A", f"<pubDate>{written}</pubDate>")), AT).links
    assert links[0].published_at == moment


def test_a_kind_is_detected_behind_what_xml_allows_before_it() -> None:
    for before in (
        "",
        "\ufeff",
        "<?xml version='1.0'?>\n<!-- a --><!DOCTYPE rss>",
        "<!--x-->" * 3000,
    ):
        assert detect_kind((before + "<rss version='2.0'/>").encode()) in ("feed", "page")
    assert detect_kind("<!-- a --><?b?><ns:urlset >".encode("utf-16")) == "sitemap"
    for page in (
        "<html><body><rss>",
        "<!DOCTYPE html><p>[<rss>]>",
        "<!DOCTYPE a [<!ENTITY b '<rss>'>",
    ):
        assert detect_kind(page.encode()) == "page"
    assert detect_kind(b"{}") == "page"


@pytest.mark.parametrize(
    "header",
    [
        "text/xml; charset = iso-8859-2",
        "text/xml; CHARSET='iso-8859-2', text/xml; charset=utf-8",
        "text/xml; charset=none; charset=iso-8859-2",
        'application/rss+xml;charset="iso-8859-2" ;q=1',
    ],
)
def test_a_charset_in_a_malformed_header_counts_in_feeds_and_sections(header: str) -> None:
    feed = rss(entry("Łódź")).decode().encode("iso-8859-2")
    assert listed("feed", feed, AT, "tide", header).links[0].title == "Łódź"
    page = '<main><h2><a href="/a-12345">Łodzie ze Stellan wird teurer als je</a></h2></main>'
    (link,) = listed("section", page.encode("iso-8859-2"), AT, "tide", header).links
    assert link.title == "Łodzie ze Stellan wird teurer als je"
