"""Runs over the web: a publisher on loopback, the real steps, the raw store, the tables."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from flows import cli
from flows.acquire.raw.files import RawStoreError
from flows.acquire.web.settings import FetchSettings
from flows.steps import ingest as steps
from flows.steps import reprocess as again
from flows.steps.reprocess import Selection
from flows.steps.request import Request
from tests.flow.pages import PARAGRAPHS, ask, contents, ingest, process_here, request, rule_file
from tests.homes import HomeIn, in_lake
from tests.web import faults
from tests.web.publisher import Answer, Publisher
from warehouse.connect import Opened, WarehouseAddress, open_writer, raw_folder

pytestmark = pytest.mark.usefixtures("unlinked", "unpublished", "unwarned")

HASTY: dict[str, Any] = {
    "allow_private": True,
    "delay": 0,
    "connect_timeout": 0.5,
    "read_timeout": 0.3,
    "page_timeout": 1.0,
    "first_wait": 0.01,
    "longest_wait": 1,
    "attempts": 2,
    "host_failures": 50,
}


@pytest.fixture
def tide() -> Iterator[Publisher]:
    with Publisher() as running:
        running.write_many(5)
        yield running


def asked(folder: Path, *urls: str, sources: str | None = None, **changed: Any) -> Request:
    """A request for addresses, or for sources in YAML."""
    made = request(folder, fetching=FetchSettings(**HASTY | changed))
    listed = folder / "sources.yml"
    if sources:
        listed.write_text(sources, encoding="utf-8")
    return replace(made, inputs=urls, sources_file=listed if sources else None)


def source(publisher: Publisher, **lists: str) -> str:
    """A sources.yml of one publisher."""
    keys = "".join(f"    {key}: ['{publisher.url}{path}']\n" for key, path in lists.items())
    return f"sources:\n  - id: tide\n    name: Ellery Tide\n    site: tide.example\n{keys}"


def ledger(warehouse: WarehouseAddress) -> dict[str, str]:
    """Path → outcome (and the first word of the detail), in the last run."""
    rows = ask(
        warehouse,
        "SELECT location, outcome, split_part(detail, ':', 1) FROM meta.pages "
        "WHERE run_id = (SELECT max(run_id) FROM meta.runs WHERE flow = 'ingest')",
    )
    return {
        location.split("/", 3)[3]: outcome if not detail or outcome == "unchanged" else detail
        for location, outcome, detail in rows
    }


def articles(warehouse: Path) -> dict[str, Any]:
    """What an analyst sees."""
    return {
        table: rows for table, rows in contents(warehouse).items() if not table.startswith("meta.")
    }


def test_what_a_source_lists_becomes_articles_each_once_and_is_revisited_when_due(
    tmp_path: Path, tide: Publisher
) -> None:
    ingest(
        asked(
            tmp_path,
            sources=source(tide, feeds="/rss.xml", sitemaps="/sitemap.xml", sections="/news/"),
        )
    )
    warehouse = tmp_path / "w.duckdb"
    assert list(ledger(warehouse).values()) == ["loaded"] * 5
    assert ask(warehouse, "SELECT count(*), any_value(source_id) FROM articles") == [(5, "tide")]
    kinds = dict(
        ask(warehouse, "SELECT kind, count(*) FROM meta.fetches WHERE outcome = 'ok' GROUP BY ALL")
    )
    assert kinds == {"robots": 1, "feed": 1, "sitemap": 2, "section": 1, "page": 5}
    assert max(tide.count(seen.path) for seen in tide.log) == 1
    places = ask(
        warehouse, "SELECT warc_file, warc_offset FROM meta.pages WHERE outcome = 'loaded'"
    )
    for file, offset in places:
        with (raw_folder(warehouse) / file).open("rb") as store:
            store.seek(offset)
            record = next(iter(ArchiveIterator(store)))
            assert record.rec_type == "response"
            assert "/news/" in record.rec_headers.get_header("WARC-Target-URI")
    tide.forget()
    ingest(asked(tmp_path, sources=source(tide, feeds="/rss.xml")))
    assert [seen.path for seen in tide.log] == ["/rss.xml"], "the first look after an hour"
    assert ask(
        warehouse,
        "SELECT state, page_count FROM meta.runs WHERE flow = 'ingest' ORDER BY run_id DESC "
        "LIMIT 1",
    ) == [("unchanged", 0)]
    due = "SELECT DISTINCT due_at - fetched_at = INTERVAL 1 HOUR FROM meta.urls WHERE kind = 'page'"
    assert ask(warehouse, due) == [(True,)]
    stories = [f"{tide.url}{path}" for path in tide._stories]
    ingest(asked(tmp_path, *stories))
    assert list(ledger(warehouse).values()) == ["unchanged"] * 5, (
        "asked for by name, they are looked at at once"
    )
    ingest(asked(tmp_path, *stories, revisit_hours=(0,)))
    assert ask(
        warehouse, "SELECT DISTINCT look_count, due_at FROM meta.urls WHERE kind = 'page'"
    ) == [(3, None)]


@in_lake
def test_an_address_tells_what_it_is_by_its_content(
    tmp_path: Path, home: HomeIn, tide: Publisher
) -> None:
    article, lake = next(iter(tide._stories)), home(tmp_path)
    ingest(replace(asked(tmp_path, f"{tide.url}{article}?utm_source=mail"), warehouse=lake))
    assert list(ledger(lake).values()) == ["loaded"]
    ingest(replace(asked(tmp_path, f"{tide.url}/sitemap-news.xml"), warehouse=lake))
    assert sorted(ledger(lake).values()) == ["loaded"] * 4


def test_a_second_run_transfers_what_changed_alone(tmp_path: Path, tide: Publisher) -> None:
    told = source(tide, feeds="/rss.xml")
    ingest(asked(tmp_path, sources=told, revisit_hours=(0, 0, 0)))
    before = articles(tmp_path / "w.duckdb")
    tide.forget()
    ingest(asked(tmp_path, sources=told, revisit_hours=(0, 0, 0)))
    assert {seen.status for seen in tide.log} == {304}
    assert tide.count("/robots.txt") == 0
    assert set(ledger(tmp_path / "w.duckdb").values()) == {"unchanged"}
    assert articles(tmp_path / "w.duckdb") == before
    tide.write("00002-harbour", "Harbour council rises", PARAGRAPHS[1:])
    tide.write("late", "A late story", PARAGRAPHS[:3])
    tide.forget()
    ingest(asked(tmp_path, sources=told, revisit_hours=(0, 0, 0)))
    full = sorted(seen.path for seen in tide.log if seen.status == 200)
    assert full == ["/news/00002-harbour", "/news/late", "/rss.xml"]
    assert sorted(ledger(tmp_path / "w.duckdb").values()) == ["loaded"] * 2 + ["unchanged"] * 4
    titles = ask(
        tmp_path / "w.duckdb",
        "SELECT count(*) FROM articles WHERE title IN ('Harbour council rises', 'A late story')",
    )
    assert titles == [(2,)]


FAULTS: dict[str, tuple[Answer, str]] = {
    "missing": (Answer(404), "fetch_404"),
    "gone": (Answer(410), "fetch_410"),
    "forbidden": (Answer(403), "fetch_403"),
    "busy": (Answer(429), "fetch_429"),
    "teapot": (Answer(418), "fetch_4xx"),
    "broken": (Answer(500), "fetch_5xx"),
    "silent": (faults.slow_headers(), "fetch_timeout_read"),
    "drips": (faults.slow_body(), "fetch_timeout_page"),
    "huge": (faults.huge_length(), "fetch_too_large"),
    "bomb": (faults.gzip_bomb(20), "fetch_bomb"),
    "cut": (faults.truncated_body(), "fetch_truncated"),
    "picture": (faults.wrong_type(), "fetch_content_type"),
    "garbled": (faults.broken_gzip(), "fetch_encoding"),
    "circle": (faults.redirect("/circle"), "fetch_redirects"),
    "hangs-up": (faults.hang_up(), "fetch_connection"),
    "private/plan": (Answer(200, b"hush"), "fetch_robots"),
}


def test_every_fault_is_a_row_of_the_ledger_and_costs_no_other_page(
    tmp_path: Path, tide: Publisher
) -> None:
    for path, (answer, _) in FAULTS.items():
        tide.answer(f"/{path}", answer, always=True)
    good = [f"{tide.url}{path}" for path in tide._stories]
    closed = f"{faults.closed_address()}/refused"
    bad = [f"{tide.url}/{path}" for path in FAULTS]
    results = ingest(
        asked(
            tmp_path,
            *bad,
            closed,
            "http://no-such-host.invalid/unresolved",
            *good,
            page_limit=10_000_000,
            listing_limit=10_000_000,
        )
    )
    found = ledger(tmp_path / "w.duckdb")
    expected = {path: word for path, (_, word) in FAULTS.items()} | {
        "refused": "fetch_refused",
        "unresolved": "fetch_dns",
    }
    assert {path: word for path, word in found.items() if not path.startswith("news/")} == expected
    assert [word for path, word in found.items() if path.startswith("news/")] == ["loaded"] * 5
    assert not any(r.is_stopping for r in results)
    logged = dict(
        ask(
            tmp_path / "w.duckdb",
            "SELECT outcome, count(*) FROM meta.fetches WHERE kind <> 'robots' GROUP BY ALL",
        )
    )
    assert logged == {"ok": 5} | dict.fromkeys(expected.values(), 1)


def test_a_listing_that_fails_is_a_row_of_the_ledger_too(
    tmp_path: Path, tide: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = list[WarehouseAddress]()

    def counted(warehouse: WarehouseAddress, *more: Any) -> Opened:
        opened.append(warehouse)
        return open_writer(warehouse, *more)

    monkeypatch.setattr("flows.steps.fetch_state.open_writer", counted)
    tide.put("/rss.xml", "<!doctype html><title>Sorry</title><p>no feed", "text/html")
    told = source(tide, feeds="/rss.xml", sitemaps="/none.xml")
    ingest(asked(tmp_path, sources=told))
    assert ledger(tmp_path / "w.duckdb") == {
        "rss.xml": "fetch_content_type",
        "none.xml": "fetch_404",
    }
    assert len(opened) == 4, "once before the round, once for what is due, once a listing"


def test_a_host_is_left_alone_across_runs(
    tmp_path: Path,
    tide: Publisher,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    paths = [f"{tide.url}/ill/{n}" for n in range(4)]
    tide.answer("/ill/0", *[Answer(500)] * 9)
    for path in paths:
        tide.answer(path.removeprefix(tide.url), *[Answer(500)] * 9)
    ingest(asked(tmp_path, *paths, host_failures=3, attempts=1))
    assert sorted(ledger(tmp_path / "w.duckdb").values()) == ["fetch_5xx"] * 3 + [
        "fetch_left_alone"
    ]
    tide.forget()
    ingest(asked(tmp_path, *paths, host_failures=3, attempts=1))
    assert set(ledger(tmp_path / "w.duckdb").values()) == {"fetch_left_alone"}, (
        "asked for by name, they have their rows"
    )
    (tmp_path / "more.txt").write_text(
        "\n".join(f"{tide.url}{path}" for path in tide._stories), encoding="utf-8"
    )
    ingest(asked(tmp_path, sources=source(tide, feeds="/rss.xml") + "    lists: [more.txt]\n"))
    assert ledger(tmp_path / "w.duckdb") == {"rss.xml": "fetch_left_alone"}, "its pages stay due"
    assert tide.log == []
    monkeypatch.setattr(sys, "argv", ["newsduck", "status", "-w", str(tmp_path / "w.duckdb")])
    with pytest.raises(SystemExit):
        cli.main()
    assert "hosts left alone" in capsys.readouterr().out


def test_credentials_reach_no_table_and_no_file(tmp_path: Path, tide: Publisher) -> None:
    tide.answer(
        "/feed",
        Answer(302, headers={"Location": "/rss.xml?token=hush-key", "Set-Cookie": "s=hush-cookie"}),
        always=True,
    )
    inward = tide.url.replace("//", "//reader:hush-word@")
    ingest(asked(tmp_path, f"{inward}/feed?api_key=hush-key"))
    warehouse = tmp_path / "w.duckdb"
    assert ask(warehouse, "SELECT count(*) FROM articles") == [(5,)]
    for (table,) in ask(
        warehouse,
        "SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE "
        "table_type = 'BASE TABLE'",
    ):
        assert (
            ask(warehouse, f"SELECT t::VARCHAR FROM {table} AS t WHERE t::VARCHAR LIKE '%hush%'")
            == []
        ), table
    for path in raw_folder(warehouse).glob("*.warc.gz"):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                shown = (
                    str(record.rec_headers)
                    + str(record.http_headers)
                    + record.content_stream().read().decode("utf-8", "replace")
                )
                assert "hush" not in shown


def test_pages_of_the_raw_store_are_judged_again_though_they_have_gone_from_the_web(
    tmp_path: Path, tide: Publisher
) -> None:
    first, *rest = [f"{tide.url}{path}" for path in tide._stories]
    ingest(asked(tmp_path, first, *rest))
    tide.withdraw(first.removeprefix(tide.url))
    ingest(asked(tmp_path, first))
    assert list(ledger(tmp_path / "w.duckdb").values()) == ["fetch_410"]
    before = articles(tmp_path / "w.duckdb")
    rules = rule_file(tmp_path, "council of ellery tide counted")
    again_asked = replace(asked(tmp_path), rule_files=(rules,))
    tide.forget()
    with again.choosing(again_asked, Selection(), apply=True, flow="reprocess") as (run, chosen):
        assert len(run.refs) == 5
        assert chosen.missing == ()
        for batch in again.prepare(run):
            process_here(batch, run.stage)
        again.compare(run, apply=True)
        steps.finish(run)
    assert tide.log == []
    assert len(before["articles"]) == 5
    assert ask(
        tmp_path / "w.duckdb", "SELECT count(*) FROM boilerplate WHERE rule = 'mine.words'"
    ) == [(5,)]
    assert ask(
        tmp_path / "w.duckdb",
        "SELECT count(*) FROM meta.pages WHERE outcome = 'loaded' AND warc_offset IS NULL",
    ) == [(0,)]


def test_a_full_disk_ends_the_run_with_one_clear_error_and_the_next_run_goes_on(
    tmp_path: Path, tide: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, writes = os.write, []

    def full(handle: int, data: Any) -> int:
        writes.append(len(data))
        if len(writes) > 4:
            raise OSError(28, "No space left on device")
        return real(handle, data)

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(RawStoreError, match="No space left on device"):
        ingest(asked(tmp_path, f"{tide.url}/rss.xml"))
    monkeypatch.undo()
    first = tide.count()
    ingest(asked(tmp_path, f"{tide.url}/rss.xml"))
    assert ask(tmp_path / "w.duckdb", "SELECT count(*) FROM articles") == [(5,)]
    assert tide.count() - first <= 5, "what was kept before the disk was full is used"
    metrics = dict(
        ask(
            tmp_path / "w.duckdb",
            "SELECT metric, value FROM meta.metrics WHERE metric LIKE 'fetch%'",
        )
    )
    assert metrics["fetches.ok"] == 6
    assert metrics["fetched_bytes"] > 0
