"""`newsduck sources add` and `newsduck sources check` against publishers that are really there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.acquire.find.front import only_timezone, read_front
from flows.acquire.sources import read_sources
from flows.demo import render
from tests.conftest import Call
from tests.web import faults
from tests.web.publisher import Publisher, page


@pytest.fixture
def call(call: Call, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call a verb that may fetch from this machine, without waiting, on a wide screen."""
    monkeypatch.setenv("COLUMNS", "300")
    for name, value in {
        "ALLOW_PRIVATE": "true",
        "DELAY": "0",
        "ATTEMPTS": "1",
        "READ_TIMEOUT": "2",
    }.items():
        monkeypatch.setenv(f"NEWSDUCK_FETCH__{name}", value)
    return call


@pytest.fixture
def tide() -> Iterator[Publisher]:
    with Publisher(name="Ellery Tide") as publisher:
        now = datetime.now(UTC)
        for number in range(6):
            publisher.write(
                f"story-{number}",
                f"The harbour council sits again, day {number}",
                published_at=now - timedelta(hours=number),
            )
        yield publisher


def test_a_publisher_is_added_from_its_front_page(
    call: Call, tide: Publisher, tmp_path: Path
) -> None:
    code, said, errors = call("sources", "add", tide.url)
    assert code == 0, errors
    (source,) = read_sources(tmp_path / "sources.yml")
    assert (source.id, source.name, source.site) == ("ellery-tide", "Ellery Tide", "127.0.0.1")
    assert (source.country, source.language, source.timezone) == ("GB", "en", "Europe/London")
    assert source.feeds == (f"{tide.url}/rss.xml",)
    assert source.sitemaps == (f"{tide.url}/sitemap-news.xml",)
    assert source.sections == ()
    assert "Feeds: 1, sitemaps: 1, sections: 0; links to pages now: 6." in said
    assert tide.count("/private/") == 0
    code, _, errors = call("sources", "add", tide.url)
    assert code == 2
    assert "rss.xml belongs to the source ellery-tide already" in errors


def test_a_feed_is_added_as_it_is_and_a_dry_run_writes_nothing(
    call: Call, tide: Publisher, tmp_path: Path
) -> None:
    (tmp_path / "p.yml").write_text(
        "sources:\n  - {id: ellery-tide, name: E, site: e.example}\n", encoding="utf-8"
    )
    before = (tmp_path / "p.yml").read_bytes()
    code, said, _ = call(
        "sources", "add", f"{tide.url}/atom.xml", "--sources", "p.yml", "--dry-run"
    )
    assert code == 0
    assert f"    feeds:\n      - {tide.url}/atom.xml\n" in said
    assert "id: ellery-tide-2" in said
    assert (tmp_path / "p.yml").read_bytes() == before
    assert tide.count("/sitemap.xml") == 0
    assert tide.count("/atom.xml") == 1


def test_what_nobody_names_is_looked_for_and_all_pages_are_left_out(
    call: Call, tide: Publisher, tmp_path: Path
) -> None:
    bare = render.front_page(tide.outlet, []).replace('rel="alternate"', 'rel="nothing"')
    tide.put("/", bare)
    tide.put("/feed/", render.rss(tide.outlet, list(tide._stories.values())), "application/rss+xml")
    tide.put("/robots.txt", "User-agent: *\nDisallow: /rss.xml\n", "text/plain")
    tide.put(
        "/sitemap.xml",
        f'<urlset xmlns="{render.SITEMAP}"><url><loc>{tide.url}/news/story-1</loc></url></urlset>',
        "text/xml",
    )
    for path in ("/sitemap-news.xml", "/news-sitemap.xml", "/sitemap_news.xml", "/atom.xml"):
        tide.answer(path, faults.wrong_type(), always=True)
    code, said, errors = call("sources", "add", tide.url, "--id", "tide")
    assert code == 0, errors
    (source,) = read_sources(tmp_path / "sources.yml")
    assert (source.id, source.feeds, source.sitemaps) == ("tide", (f"{tide.url}/feed/",), ())
    assert f"# left out, as it lists all pages there are: {tide.url}/sitemap.xml" in said
    assert tide.count("/rss.xml") == 0


def test_a_section_is_followed_where_there_is_nothing_else(
    call: Call, tide: Publisher, tmp_path: Path
) -> None:
    tide.put("/robots.txt", "", "text/plain")
    front = render.front_page(tide.outlet, list(tide._stories.values())).replace(
        'rel="alternate"', 'rel="nothing"'
    )
    tide.put("/news/", front)
    for path in ("rss.xml", "atom.xml", "sitemap.xml", "sitemap-news.xml"):
        tide.answer(f"/{path}", page("", "text/xml"), always=True)
    assert call("sources", "add", f"{tide.url}/news/")[0] == 0
    assert read_sources(tmp_path / "sources.yml")[0].sections == (f"{tide.url}/news/",)


def test_what_cannot_be_added_says_why(
    call: Call, tide: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tide.put("/empty/", "<html><body>nothing here</body></html>")
    tide.put("/robots.txt", "User-agent: *\nDisallow: /secret\n", "text/plain")
    for path in ("sitemap.xml", "sitemap-news.xml"):
        tide.answer(f"/{path}", page("", "text/xml"), always=True)
    for url, said in (
        (f"{tide.url}/empty/", "no feed, no sitemap and too few links"),
        (f"{tide.url}/nowhere", "cannot be fetched: fetch_404"),
        (f"{tide.url}/secret", "cannot be fetched: fetch_robots"),
        (faults.closed_address(), "cannot be fetched: fetch_refused"),
        ("ftp://tide.example/", "cannot be fetched: fetch_bad_address"),
    ):
        code, _, errors = call("sources", "add", url)
        assert (code, said in errors) == (2, True), errors
    monkeypatch.setenv("NEWSDUCK_FETCH__ALLOW_PRIVATE", "false")
    code, _, errors = call("sources", "add", tide.url)
    assert code == 2
    assert "set NEWSDUCK_FETCH__ALLOW_PRIVATE=true" in errors
    assert list(tmp_path.iterdir()) == []


def test_check_tells_what_each_place_brings(call: Call, tide: Publisher, tmp_path: Path) -> None:
    began = datetime.now(UTC)
    code, _, errors = call("sources", "add", tide.url)
    assert code == 0, errors
    code, said, errors = call("sources", "check")
    assert code == 0, said + errors
    rows = [line.split("│") for line in said.splitlines() if "│" in line]
    told = {cells[3].strip(): [cell.strip() for cell in cells[1:-1]] for cells in rows}
    assert told["feeds"][:4] == ["ellery-tide", "ok", "feeds", "6"]
    assert told["feeds"][4][:4] in {str(began.year), str((began - timedelta(hours=1)).year)}
    assert told["sitemaps"][1:4] == ["ok", "sitemaps", "6"]
    assert told["page"][1] == "ok"
    assert "words: The harbour council sits again, day 0" in told["page"][6]
    assert "1 ok, 0 warn, 0 fail" in said


def test_check_fails_where_a_place_brings_nothing(
    call: Call, tide: Publisher, tmp_path: Path
) -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    tide.put(
        "/old.xml",
        render.rss(tide.outlet, [render.Story("/news/old", "Old", ("x",), long_ago, long_ago)]),
        "text/xml",
    )
    tide.put("/news/old", "<p>Too short for an article.")
    tide.put("/bare.xml", render.rss(tide.outlet, []), "text/xml")
    tide.put("/no.xml", "<html>cookies?</html>", "text/xml")
    (tmp_path / "list.txt").write_text(f"{tide.url}/news/story-1\n", encoding="utf-8")
    (tmp_path / "bad.toml").write_text("[[rule]]\nid = 'x'\n", encoding="utf-8")
    entries = {
        "good": f"feeds: [{tide.url}/rss.xml], lists: [list.txt]",
        "stale": f"feeds: [{tide.url}/old.xml]",
        "bare": f"feeds: [{tide.url}/bare.xml]",
        "gone": (
            f"feeds: [{tide.url}/gone.xml, {tide.url}/no.xml], sitemaps: [{tide.url}/sitemap.xml]"
        ),
        "files": "lists: [none.txt], pages: [none/], rules: [bad.toml]",
        "void": "owner: Nobody",
        "resting": f"enabled: false, feeds: [{tide.url}/gone.xml]",
    }
    text = "sources:\n" + "".join(
        f"- {{id: {key}, name: N, site: 127.0.0.1, {rest}}}\n" for key, rest in entries.items()
    )
    (tmp_path / "s.yml").write_text(text, encoding="utf-8")
    code, said, _ = call("sources", "check", "s.yml")
    assert code == 1
    rows = [
        [cell.strip() for cell in line.strip("│").split("│")]
        for line in said.splitlines()
        if "│" in line
    ]
    lines = {cells[0] + cells[2]: " ".join(cells) for cells in rows}
    assert "days old" in lines["stalefeeds"]
    assert lines["stalefeeds"].startswith("stale warn")
    assert "it lists nothing" in lines["barefeeds"]
    assert "fetch_404" in lines["gonefeeds"]
    assert lines["gonefeeds"].startswith("gone fail")
    assert "is no RSS or Atom feed" in said
    assert lines["fileslists"].startswith("files fail")
    assert "none does not exist" in lines["pages"]
    assert "bad.toml" in lines["rules"]
    assert "it has no feed, sitemap, section, list or page" in lines["void"]
    assert "1 ok, 3 warn, 2 fail, 1 not enabled" in said
    assert call("sources", "check", "s.yml", "--only", "good")[0] == 0
    assert call("sources", "check", "s.yml", "--only", "nobody")[0] == 2
    assert call("sources", "check", "none.yml")[0] == 2


@pytest.mark.parametrize(
    ("markup", "address", "said"),
    [
        (
            '<html lang="de-AT"><title>Auen heute | Nachrichten</title>',
            "https://auen.example",
            ("Auen heute", "de", "AT"),
        ),
        (
            '<html lang="en"><meta property="og:locale" content="en_KE"><title>Home - Lake Post',
            "https://lake.example",
            ("Lake Post", "en", "KE"),
        ),
        ("<title>Strait News</title>", "https://strait.co.uk", ("Strait News", None, "GB")),
        ("<title>Strait News</title>", "https://strait.io", ("Strait News", None, None)),
        (
            '<html lang="zh-Hant-TW"><script type="application/ld+json">'
            '[{"@type":"WebSite","name":"港報"}]</script>',
            "https://gang.example",
            ("港報", "zh", "TW"),
        ),
        (
            '<meta http-equiv="Content-Language" content="fr">'
            '<script type="application/ld+json">{</script>',
            "https://x.example",
            (None, "fr", None),
        ),
        ("", "https://x.example", (None, None, None)),
    ],
)
def test_what_a_front_page_says_of_itself(
    markup: str, address: str, said: tuple[str | None, ...]
) -> None:
    front = read_front(markup.encode(), address, "utf-8")
    assert (front.name, front.language, front.country) == said


def test_the_feeds_that_a_front_page_names() -> None:
    head = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{place}">'
        for place in ("/rss", "/comments/feed/")
    )
    assert read_front(head.encode(), "https://tide.example/a/").feeds == (
        "https://tide.example/rss",
    )
    places = ("feeds/all", "https://ebb.example/rss", "/feeding-gulls", "/rss.xml")
    links = "".join(f'<a href="{place}">RSS</a>' for place in places)
    assert read_front(links.encode(), "https://tide.example/a/").feeds == (
        "https://tide.example/a/feeds/all",
        "https://tide.example/rss.xml",
    )
    assert [only_timezone(code) for code in ("KE", "US", None, "XX")] == [
        "Africa/Nairobi",
        None,
        None,
        None,
    ]


def test_a_broken_feed_is_named_and_the_others_are_added(
    call: Call, tide: Publisher, tmp_path: Path
) -> None:
    head = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{path}">'
        for path in ("/bad.xml", "/rss.xml")
    )
    tide.put("/bad.xml", "We are back soon.", "application/xml")
    tide.put("/start/", f"<head><title>Tide</title>{head}</head><p>News")
    code, said, errors = call("sources", "add", f"{tide.url}/start/")
    assert code == 0, errors
    assert "# not used: " in said
    assert "/bad.xml is no RSS or Atom feed" in said
    (source,) = read_sources(tmp_path / "sources.yml")
    assert source.feeds == (f"{tide.url}/rss.xml",)


def test_check_names_the_broken_listing_and_goes_on(
    call: Call, tide: Publisher, tmp_path: Path
) -> None:
    tide.put("/emoji.xml", "<rss version='2.0'><channel><item><title>&#55357;", "application/xml")
    tide.put("/names.xml", "<urlset><url><news:x>1</news:x></url></urlset>", "application/xml")
    entries = (
        f"- {{id: a, name: A, site: 127.0.0.1, feeds: ['{tide.url}/emoji.xml', "
        f"'{tide.url}/rss.xml']}}\n"
        f"- {{id: b, name: B, site: 127.0.0.1, sitemaps: ['{tide.url}/names.xml'], feeds: "
        f"['{tide.url}/rss.xml']}}\n"
    )
    (tmp_path / "s.yml").write_text(f"sources:\n{entries}", encoding="utf-8")
    code, said, _ = call("sources", "check", "s.yml")
    assert code == 1
    assert "none of its 1 entries has an address" in said
    assert "also listed by the source b" in said
    assert "an article of" in said
