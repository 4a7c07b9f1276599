"""`newsduck report` over a real warehouse: what the page says, that nothing on it comes from
elsewhere or runs, how a browser takes it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import duckdb
import pytest
from lxml import html

from flows.report.brief import brief
from flows.report.read import Report, read_report
from flows.watch.settings import MonitorSettings
from tests.conftest import Call
from tests.flow.source_status import HOSTILE, NOW, build
from tests.homes import lake_in
from tests.new_warehouse import new_warehouse
from warehouse.homes.duckdb_file import published_path
from warehouse.move import move
from warehouse.publish import publish

CHROMIUM = (
    shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("standing") / "w.duckdb")


@pytest.fixture(scope="module")
def found(warehouse: Path) -> Report:
    return read_report(warehouse, MonitorSettings(), NOW)


@pytest.fixture(scope="module")
def page(found: Report) -> str:
    return render(found)


def render(report: Report) -> str:
    """The page of a report."""
    from flows.report import page  # takes long to import

    return page.render(report)


def find(page: str, path: str) -> list[Any]:
    """What an XPath finds on the page."""
    return cast("list[Any]", html.fromstring(page).xpath(path))


def text_of(page: str) -> str:
    """The words of the page."""
    return str(html.fromstring(page).xpath("string()"))


def rows(page: str, section: str) -> list[str]:
    """The rows of a section's tables, cells joined by |."""
    found = find(page, f"//section[@aria-labelledby='{section}']//tbody/tr")
    return ["|".join(" ".join(cell.text_content().split()) for cell in row) for row in found]


def said(page: str, section: str) -> str:
    """The words of a section in one line."""
    (found,) = find(page, f"//section[@aria-labelledby='{section}']")
    return " ".join(" ".join(found.itertext()).split())


def test_sources_stand_by_health_with_what_was_expected(found: Report, page: str) -> None:
    assert [(s.source_id, s.state) for s in found.health.sources] == [
        ("source-00", "failing"),
        ("source-01", "late"),
        ("source-02", "well"),
        ("source-03", "well"),
    ]
    first, second, *_ = rows(page, "sources")
    assert first.startswith("source-00|✖ failing|2026-03-04")
    assert first.endswith("texts_are_whole (sound_date)")
    late = found.health.sources[1]
    assert second.startswith("source-01|◔ late|2026-03-01")
    assert late.expected_since is not None
    assert late.expected_since == pytest.approx(3 * 43, rel=0.15)


def test_days_stand_beside_what_is_usual(found: Report, page: str) -> None:
    silent = {d.day.isoformat(): d for d in found.health.sources[1].days}
    assert len(silent) == 28
    assert silent["2026-03-03"].is_outside
    assert silent["2026-03-03"].seen == 0
    assert not silent["2026-02-20"].is_outside
    steady = found.health.sources[3]
    assert sum(d.is_outside for d in steady.days) <= 2
    assert sum(d.seen for d in steady.days) == steady.new_count
    assert [d.seen for d in found.health.total] == [
        sum(d.seen for d in of_day)
        for of_day in zip(*(s.days for s in found.health.sources), strict=True)
    ]
    today, yesterday = found.health.total[-1], found.health.total[-2]
    assert today.expected is not None
    assert yesterday.expected is not None
    assert 0.5 * yesterday.expected < today.expected < 0.9 * yesterday.expected
    assert "outside the band on 2 Mar (0), 3 Mar (0), 4 Mar (0)" in said(page, "articles")


def test_incidents_pages_stripped_quarantine_hosts_and_runs_are_told(page: str) -> None:
    told = said(page, "incidents")
    for words in (
        "✖ fail · source-00 · texts_are_whole · sound_date",
        "since 2026-02-",
        "observed 0.4 expected about 0.98",
        "▲ warn · source-01",
        "symptoms 1, silent meanwhile source-01 · fields_are_filled · authors: 12.3 %, expected "
        "about 98 %",
    ):
        assert words in told
    assert told.count("what to do") == 2, "a symptom is no incident of its own"
    assert told.index("✖ fail") < told.index("▲ warn")
    assert [row.split("|")[0] for row in rows(page, "incidents")] == ["source-02"]
    outcomes = dict(row.split("|")[:2] for row in rows(page, "pages"))
    assert set(outcomes) == {
        "loaded",
        "unchanged",
        "duplicate",
        "rejected",
        "cookie_wall",
        "fetch_404",
    }
    assert (
        int(outcomes["cookie_wall"]) + int(outcomes["fetch_404"]) == int(outcomes["rejected"]) > 0
    )
    assert rows(page, "stripped")[0].split("|")[3] == "4"
    assert rows(page, "quarantine") == [
        f"quotes|offsets|char_end lies after the text, said of {HOSTILE}|3|2|2026-03-03 15:20"
    ]
    hosts = [row.split("|") for row in rows(page, "hosts")]
    assert hosts[0] == [
        "pier.example",
        "200",
        "100",
        "50%",
        "fetch_403",
        "1.2",
        "2",
        "2026-03-04 21:20",
    ]
    assert [row[0] for row in hosts[1:]] == ["harbour.example", "tide.example", HOSTILE]
    assert hosts[3][2] == "0", "a page that is not there is no failure of its host"
    assert len(rows(page, "runs")) == 5


def test_what_pages_hold_is_shown_and_never_runs(page: str) -> None:
    assert not find(
        page, "//script | //iframe | //object | //embed | //img | //@onload | //@onclick"
    )
    assert HOSTILE in text_of(page)
    assert [a for a in find(page, "//a/@href") if not a.startswith("#")] == [
        "https://source-00.example/7"
    ]
    assert "javascript:alert(1)" in text_of(page)


def test_the_page_is_whole_in_itself(page: str) -> None:
    assert find(page, "//link/@href") == ["data:,"]
    assert not find(page, "//@src | //@srcset | //@action | //@*[name()='xlink:href']")
    assert not re.search(r"@import|url\(", page)
    assert "default-src 'none'" in page
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page
    assert not re.search("#010f0", page), "a colour that only stands for one of the page's"
    assert len(page.encode()) < 2_000_000 / 40 * 4


def test_tables_have_captions_and_charts_have_words(page: str) -> None:
    for table in find(page, "//table"):
        assert table.xpath("./caption")[0].text_content().strip()
        assert len(table.xpath(".//th[@scope='col']")) == len(table.xpath(".//tbody/tr[1]/*"))
    drawings = find(page, "//figure//svg")
    assert len(drawings) == 4
    for drawing in drawings:
        assert drawing.get("aria-hidden") == "true"
        assert len(drawing.getparent().get("aria-label")) > 20
    ids = find(page, "//@id")
    assert len(ids) == len(set(ids))
    assert {a[1:] for a in find(page, "//a[starts-with(@href, '#')]/@href")} <= set(ids)


def test_the_brief_names_what_is_wrong(found: Report) -> None:
    text = brief(found.health)
    assert "4 sources at 2026-03-04 15:20 UTC, 2 not well" in text
    assert "| source-01 | ◔ late | 2026-03-01" in text
    assert r"- fail: texts\_are\_whole · source-00 · sound\_date, since 2026-02-" in text
    assert "Last run run-1: loaded" in text


def test_a_fresh_warehouse_gives_a_readable_page(tmp_path: Path, call: Call) -> None:
    new_warehouse(Path("w.duckdb"))
    code, shown, errors = call("report", "-w", "w.duckdb", "-o", "new/page.html")
    assert "made the folder new" in errors
    assert (code, shown) == (0, "new/page.html: 0 sources, 0 of them not well; 0 open incidents.\n")
    publish(Path("w.duckdb"), 5, print)
    sources = Path("sources.yml")
    sources.write_text(
        "sources:\n  - {id: tide, name: The Tide, site: tide.example}\n", encoding="utf-8"
    )
    assert call("report", "-w", "w.duckdb", "--sources", "sources.yml")[0] == 0
    page = Path("newsduck-report.html").read_text(encoding="utf-8")
    assert rows(page, "sources") == ["tide|… too new|never||0||0|0|"]
    for section, words in {
        "incidents": "no incident is open",
        "articles": "No article",
        "pages": "No run has seen a page",
        "stripped": "Nothing was stripped",
        "quarantine": "No row is in quarantine",
        "hosts": "Nothing was fetched",
        "runs": "There was no run yet",
    }.items():
        assert words in said(page, section)
    assert [p.name for p in tmp_path.glob("*.fresh")] == []


def test_the_page_is_written_while_a_run_writes_and_incidents_are_the_newest_otherwise(
    tmp_path: Path, warehouse: Path
) -> None:
    own = tmp_path / "w.duckdb"
    shutil.copy(warehouse, own)
    shutil.copy(published_path(warehouse), published_path(own))
    with duckdb.connect(str(own)) as connection:
        connection.execute(
            "UPDATE meta.incidents SET note = 'they move' WHERE source_id = 'source-01'"
        )
    assert "they move" in said(render(read_report(own, MonitorSettings(), NOW)), "incidents")
    program = (
        "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); "
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(own)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"open\n"
        page = render(read_report(own, MonitorSettings(), NOW))
        writer.communicate(b"")
    assert "they move" not in page
    assert "as old as the published copy" in page
    assert len(rows(page, "sources")) == 4


def test_a_lake_is_reported_as_a_file_is(tmp_path: Path, warehouse: Path, found: Report) -> None:
    lake = lake_in(tmp_path)
    move(warehouse, lake, 5, print)
    of_lake = read_report(lake, MonitorSettings(), NOW)
    assert replace(of_lake, copied_from=found.copied_from) == found


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("-w", "none.duckdb"), "none.duckdb does not exist yet: run `newsduck ingest` first"),
        (("-o", "."), ". is a folder: name the file to write"),
        (("--days", "90"), "less than or equal to 56"),
        (("-w", "notes.txt"), "notes.txt cannot be opened"),
        (
            ("-w", "{warehouse}", "-o", "notes.txt/page.html"),
            "notes.txt/page.html cannot be written",
        ),
        (("--sources", "none.yml"), "none.yml"),
    ],
)
def test_a_wrong_call_says_what_to_do(
    words: tuple[str, ...],
    told: str,
    warehouse: Path,
    tmp_path: Path,
    call: Call,
) -> None:
    Path("notes.txt").write_text("no database", encoding="utf-8")
    code, _, errors = call("report", *(w.format(warehouse=warehouse) for w in words))
    assert code == 2
    assert told in " ".join(errors.replace("│", " ").split())


def test_help_has_examples(call: Call) -> None:
    code, shown, _ = call("report", "--help")
    assert code == 0
    assert "newsduck report --days 7" in " ".join(shown.split())


@pytest.mark.skipif(
    CHROMIUM is None,
    reason="no chromium on this machine (apt-get install chromium): the page is not opened in a "
    "browser",
)
def test_a_browser_shows_it_without_a_complaint(page: str, tmp_path: Path) -> None:
    said, size = opened(page, tmp_path)
    assert "CONSOLE" not in said
    assert size > 100_000, "a page with charts, not an empty one"
    assert (
        "CONSOLE"
        in opened(
            page.replace("<main>", "<main><script>document.body.remove()</script>"), tmp_path
        )[0]
    )


def opened(page: str, folder: Path) -> tuple[str, int]:
    """What a browser logs of a page, its console included, and the bytes of the picture that it
    takes.
    """
    (folder / "page.html").write_text(page, encoding="utf-8")
    ways = (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--enable-logging=stderr",
        "--window-size=1000,4000",
    )
    files = (
        f"--user-data-dir={folder / 'profile'}",
        f"--screenshot={folder / 'page.png'}",
        (folder / "page.html").as_uri(),
    )
    shown = subprocess.run(
        [str(CHROMIUM), *ways, *files], capture_output=True, text=True, check=True, timeout=120
    )
    return shown.stderr, (folder / "page.png").stat().st_size
