"""A run's promises, on real pages, workers and DuckDB files; Prefect itself is tested in
test_prefect.py.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from flows.config.errors import InputError
from flows.steps import subprocesses as worker
from flows.steps.ingest import Run
from flows.steps.subprocesses import WorkerError, run_ahead, run_batch
from schemas import ContractError
from tests.flow.pages import (
    PARAGRAPHS,
    ask,
    contents,
    file_of,
    html_page,
    ingest,
    request,
    text_page,
)
from warehouse.check import ChecksFailedError
from warehouse.connect import WarehouseAddress
from warehouse.homes.duckdb_file import published_path
from warehouse.load import LedgerError


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Three pages: one with an address, one without, one as text."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "quay.html").write_text(
        html_page("Port Ellery widens its quay", url="https://tide.example/news/quay"),
        encoding="utf-8",
    )
    (folder / "stone.html").write_text(
        html_page("Quarry runs short of stone", PARAGRAPHS[::-1]), encoding="utf-8"
    )
    (folder / "ships.txt").write_text(
        text_page("Ships wait outside the breakwater", PARAGRAPHS[1:]), encoding="utf-8"
    )
    return folder


def outcomes(warehouse: WarehouseAddress) -> dict[str, str]:
    """File name → outcome, in the last run."""
    rows = ask(
        warehouse,
        "SELECT location, outcome FROM meta.pages WHERE run_id = (SELECT max(run_id) FROM "
        "meta.runs)",
    )
    return {Path(location).name: outcome for location, outcome in rows}


def test_every_page_has_one_outcome_and_every_table_its_rows(tmp_path: Path, pages: Path) -> None:
    (pages / "copy.html").write_bytes((pages / "quay.html").read_bytes())
    (pages / "void.html").write_bytes(b"")
    asked = request(tmp_path, pages)
    ingest(asked)
    assert outcomes(asked.warehouse) == {
        "copy.html": "loaded",
        "quay.html": "duplicate",
        "ships.txt": "loaded",
        "stone.html": "loaded",
        "void.html": "rejected",
    }
    assert ask(
        asked.warehouse,
        "SELECT page_count, loaded_count, duplicate_count, rejected_count, state FROM meta.runs",
    ) == [(5, 3, 1, 1, "loaded")]
    for table in (
        "articles",
        "quotes",
        "entities",
        "mentions",
        "boilerplate",
        "meta.metrics",
        "meta.checks",
        "meta.site_blocks",
    ):
        assert ask(asked.warehouse, f"SELECT count(*) > 0 FROM {table}") == [(True,)], table
    assert ask(published_path(file_of(asked)), "SELECT count(*) FROM articles") == [(3,)]
    said = ask(asked.warehouse, "SELECT speaker FROM quotes WHERE text LIKE 'We shall not ask%'")
    assert said
    assert set(said) == {("Marta Quilliam",)}


def test_same_input_twice_changes_nothing(tmp_path: Path, pages: Path) -> None:
    asked = request(tmp_path, pages)
    ingest(asked)
    before, published = (
        contents(asked.warehouse),
        published_path(file_of(asked)).stat().st_mtime_ns,
    )
    ingest(asked)
    assert contents(asked.warehouse) == before
    assert set(outcomes(asked.warehouse).values()) == {"unchanged"}
    assert ask(asked.warehouse, "SELECT DISTINCT run_id FROM articles") == ask(
        asked.warehouse, "SELECT min(run_id) FROM meta.runs"
    )
    assert published_path(file_of(asked)).stat().st_mtime_ns == published


def test_the_number_of_workers_and_batches_is_no_matter(tmp_path: Path, pages: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "many").mkdir()
    one, many = (
        request(tmp_path / "one", pages),
        request(tmp_path / "many", pages, workers=3, batch_size=1),
    )
    ingest(one)
    ingest(many)
    assert contents(one.warehouse) == contents(many.warehouse)


def test_a_changed_page_updates_its_article_and_leaves_no_orphan(
    tmp_path: Path, pages: Path
) -> None:
    asked = request(tmp_path, pages)
    ingest(asked)
    pilot = (
        "“The sea will decide for us,” said Ines Okonjo-Vale, a pilot. She has steered "
        "ships there for thirty years."
    )
    changed = [PARAGRAPHS[0], pilot, *PARAGRAPHS[2:]]
    (pages / "quay.html").write_text(
        html_page("Port Ellery delays its quay", changed, "https://tide.example/news/quay"),
        encoding="utf-8",
    )
    (pages / "ships.txt").write_text(
        text_page("Ships wait no longer", [*PARAGRAPHS[2:], *changed[:2]]), encoding="utf-8"
    )
    ingest(asked)
    assert outcomes(asked.warehouse) == {
        "quay.html": "loaded",
        "ships.txt": "loaded",
        "stone.html": "unchanged",
    }
    titles = ask(asked.warehouse, "SELECT title FROM articles ORDER BY title")
    assert titles == [
        ("Port Ellery delays its quay",),
        ("Quarry runs short of stone",),
        ("Ships wait no longer",),
    ]
    said = (
        "SELECT count(*) FROM quotes JOIN articles USING (article_id) WHERE canonical_url IS "
        "NOT NULL AND quotes.text LIKE 'We shall not%'"
    )
    assert ask(asked.warehouse, said) == [(0,)]
    for table in ("quotes", "mentions", "boilerplate"):
        left = (
            f"SELECT count(*) FROM {table} AS t ANTI JOIN articles AS a ON a.article_id = "
            "t.article_id WHERE t.article_id IS NOT NULL"
        )
        assert ask(asked.warehouse, left) == [(0,)], table
    assert ask(
        asked.warehouse,
        "SELECT count(*) FROM entities AS e ANTI JOIN mentions AS m ON m.entity_id = e.entity_id",
    ) == [(0,)]
    first = ask(
        asked.warehouse,
        "SELECT first_seen_at < last_seen_at FROM articles WHERE url IS NOT NULL OR "
        "canonical_url IS NOT NULL",
    )
    assert first == [(True,)]


def test_an_update_equals_a_warehouse_that_never_saw_the_old_page(
    tmp_path: Path, pages: Path
) -> None:
    asked = request(tmp_path, pages)
    ingest(asked)
    changed = [*PARAGRAPHS[:2], "Nobody was hurt, the police of Low Fenwick said."]
    (pages / "stone.html").write_text(html_page("Quarry reopens", changed), encoding="utf-8")
    ingest(asked)
    (tmp_path / "fresh").mkdir()
    fresh = request(tmp_path / "fresh", pages)
    ingest(fresh)
    mine, theirs = contents(asked.warehouse), contents(fresh.warehouse)
    for table in ("articles", "quotes", "entities", "mentions", "boilerplate"):
        assert mine[table] == theirs[table], table


def test_of_two_versions_the_newer_is_loaded_wherever_it_stands(tmp_path: Path) -> None:
    url = "https://tide.example/news/quay"
    manifest = tmp_path / "manifest.jsonl"
    lines = [
        {
            "id": "new",
            "html": html_page("The second version", url=url),
            "fetched_at": "2026-03-02T08:00:00Z",
        },
        {
            "id": "old",
            "html": html_page("The first version", PARAGRAPHS[:3], url=url),
            "fetched_at": "2026-03-01T08:00:00Z",
        },
    ]
    manifest.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    asked = request(tmp_path, manifest)
    ingest(asked)
    assert ask(asked.warehouse, "SELECT title FROM articles") == [("The second version",)]
    late = tmp_path / "late.jsonl"
    lines[1] |= {"id": "late", "fetched_at": "2026-02-01T08:00:00Z"}
    late.write_text(json.dumps(lines[1]).replace("first", "very first"), encoding="utf-8")
    ingest(request(tmp_path, late))
    assert ask(asked.warehouse, "SELECT title FROM articles") == [("The second version",)]
    assert ask(
        asked.warehouse, "SELECT outcome, count(*) FROM meta.pages GROUP BY ALL ORDER BY ALL"
    ) == [("duplicate", 2), ("loaded", 1)]


def tamper(run: Run, table: str, change: pl.Expr | None, drop: str | None = None) -> None:
    """Change every staged file of one table, as a bug or a bad disk might."""
    for file in run.stage.glob(f"*/{table}.parquet"):
        frame = pl.read_parquet(file)
        frame = (
            frame.drop(drop)
            if drop
            else frame.with_columns(change)
            if change is not None
            else frame.clear()
        )
        frame.write_parquet(file)


def test_a_frame_that_breaks_its_contract_fails_the_run_and_changes_nothing(
    tmp_path: Path, pages: Path
) -> None:
    asked = request(tmp_path, pages)
    with pytest.raises(ContractError, match="quotes: lacks char_end Int64"):
        ingest(asked, lambda run: tamper(run, "quotes", None, drop="char_end"))
    assert ask(asked.warehouse, "SELECT state FROM meta.runs") == [("failed",)]
    assert ask(
        asked.warehouse,
        "SELECT fingerprint, state, cause LIKE '%lacks char_end%' FROM meta.incidents",
    ) == [("run_loads//ingest", "open", True)]
    assert not any(contents(asked.warehouse).values())
    assert not published_path(file_of(asked)).exists()


def test_a_broken_check_keeps_the_last_snapshot_and_leaves_its_evidence(
    tmp_path: Path, pages: Path
) -> None:
    asked = request(tmp_path, pages)
    ingest(asked)
    before = contents(asked.warehouse)
    (pages / "more.html").write_text(
        html_page("Another day", PARAGRAPHS[1:], "https://tide.example/news/more"), encoding="utf-8"
    )
    with pytest.raises(ChecksFailedError, match="quote_is_in_text"):
        ingest(asked, lambda run: tamper(run, "quotes", pl.col("char_start") + 1))
    assert contents(asked.warehouse) == before
    failed = ask(
        asked.warehouse,
        "SELECT check_name, row_count > 0, examples LIKE '%quote_id%' FROM meta.checks WHERE "
        "NOT is_passed",
    )
    assert failed == [("quote_is_in_text", True, True)]
    assert ask(asked.warehouse, "SELECT state, check_name FROM meta.incidents") == [
        ("open", "quote_is_in_text")
    ]
    ingest(asked)
    assert ask(asked.warehouse, "SELECT state FROM meta.incidents") == [("open",)]
    ingest(asked)
    assert ask(asked.warehouse, "SELECT state FROM meta.incidents") == [("resolved",)]
    assert ask(asked.warehouse, "SELECT event FROM meta.notifications ORDER BY created_at") == [
        ("opened",),
        ("resolved",),
    ]
    assert ask(published_path(file_of(asked)), "SELECT count(*) FROM articles") == [(4,)]


def test_a_page_missing_from_the_ledger_stops_the_run(tmp_path: Path, pages: Path) -> None:
    asked = request(tmp_path, pages)
    with pytest.raises(LedgerError, match="3 pages were seen, 0 of them"):
        ingest(asked, lambda run: tamper(run, "meta.pages", None))
    assert not any(contents(asked.warehouse).values())


def test_publishing_is_made_up_for_after_a_crash_before_it(tmp_path: Path, pages: Path) -> None:
    asked = request(tmp_path, pages)
    ingest(asked)
    published_path(file_of(asked)).unlink()
    ingest(asked)
    assert ask(published_path(file_of(asked)), "SELECT count(*) FROM articles") == [(3,)]


def test_a_reader_and_a_writer_together(tmp_path: Path, pages: Path) -> None:
    asked = request(tmp_path, pages)
    ingest(asked)
    script = (
        "import duckdb, sys\n"
        "c = duckdb.connect(sys.argv[1], read_only=True)\n"
        "count = lambda: print(c.execute('SELECT count(*) FROM articles').fetchone()[0], "
        "flush=True)\n"
        "count(); sys.stdin.readline(); count()\n"
    )
    reader = [sys.executable, "-c", script, str(published_path(file_of(asked)))]
    with subprocess.Popen(reader, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as held:
        assert held.stdout is not None
        assert held.stdout.readline().strip() == "3"
        (pages / "more.html").write_text(
            html_page("Another day", PARAGRAPHS[1:], "https://tide.example/news/more"),
            encoding="utf-8",
        )
        ingest(asked)
        rest, _ = held.communicate("\n")
        assert rest.strip() == "3"
        assert held.returncode == 0
    assert ask(published_path(file_of(asked)), "SELECT count(*) FROM articles") == [(4,)]


def test_a_page_that_kills_its_worker_is_isolated_and_the_others_load(
    tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pages / "poison.html").write_text(html_page("POISON", PARAGRAPHS[:2]), encoding="utf-8")
    monkeypatch.setattr(
        worker,
        "SERVER",
        (sys.executable, str(Path(__file__).with_name("faulty_worker.py")), "kill"),
    )
    asked = request(tmp_path, pages)

    def process_twice(batch_file: Path, stage: Path) -> None:
        """First as if others were still being fetched: that changes nothing."""
        run_ahead(batch_file, tmp_path / "ahead")
        run_batch(batch_file, stage)

    ingest(asked, process=process_twice)
    assert outcomes(asked.warehouse) == {
        "poison.html": "rejected",
        "quay.html": "loaded",
        "ships.txt": "loaded",
        "stone.html": "loaded",
    }
    assert ask(
        asked.warehouse,
        "SELECT table_name, check_name, payload LIKE '%poison.html%' FROM meta.quarantine",
    ) == [("meta.pages", "processing", True)]


def test_a_page_that_breaks_our_code_is_rejected_with_its_traceback(
    tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pages / "poison.html").write_text(html_page("POISON", PARAGRAPHS[:2]), encoding="utf-8")
    monkeypatch.setattr(
        worker,
        "SERVER",
        (sys.executable, str(Path(__file__).with_name("faulty_worker.py")), "raise"),
    )
    asked = request(tmp_path, pages)
    ingest(asked, process=run_batch)
    assert outcomes(asked.warehouse)["poison.html"] == "rejected"
    assert ask(asked.warehouse, "SELECT detail FROM meta.pages WHERE outcome = 'rejected'") == [
        ("error: ZeroDivisionError: poison",)
    ]
    assert ask(asked.warehouse, "SELECT payload LIKE '%Traceback%' FROM meta.quarantine") == [
        (True,)
    ]


def test_a_worker_that_cannot_work_fails_the_run_with_its_last_words(
    tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        worker, "SERVER", (sys.executable, "-c", "raise SystemExit('no room on the disk')")
    )
    with pytest.raises(WorkerError, match="no room on the disk"):
        ingest(request(tmp_path, pages), process=run_batch)


def test_an_unreadable_page_is_rejected_and_the_run_goes_on(tmp_path: Path, pages: Path) -> None:
    manifest = tmp_path / "manifest.jsonl"
    lines = [
        {"id": "gone", "path": "pages/gone.html"},
        {"id": "here", "path": "pages/quay.html"},
        {"id": "odd", "text": "\ud800 short"},
    ]
    manifest.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    asked = request(tmp_path, manifest)
    ingest(asked)
    found = ask(
        asked.warehouse,
        "SELECT outcome, split_part(detail, ':', 1) FROM meta.pages ORDER BY position",
    )
    assert found[0] == ("rejected", "unreadable")
    assert found[1][0] == "loaded"
    assert found[2][0] == "rejected"


def test_old_run_folders_are_swept(tmp_path: Path, pages: Path) -> None:
    asked = request(tmp_path, pages)
    for _ in range(6):
        ingest(asked)
    assert len(list((tmp_path / "w.runs").iterdir())) <= asked.kept_runs + 1


def test_nothing_is_touched_when_the_request_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        ingest(request(tmp_path, tmp_path / "nowhere"))
    assert list(tmp_path.iterdir()) == []


def test_the_same_bytes_as_a_rejected_page_share_its_outcome(tmp_path: Path) -> None:
    wall = (
        "<html><head><title>Cookies</title></head><body><h1>We value your privacy</h1><p>We and "
        "our partners use "
        "cookies. Please accept all cookies or manage your choices to "
        "continue.</p><button>Accept all</button></body></html>"
    )
    pages = tmp_path / "pages"
    pages.mkdir()
    for n in range(3):
        (pages / f"{n}.html").write_text(wall, encoding="utf-8")
    (pages / "quay.html").write_text(html_page("Port Ellery widens its quay"), encoding="utf-8")
    (pages / "same.html").write_bytes((pages / "quay.html").read_bytes())
    asked = request(tmp_path, pages)
    ingest(asked)
    found = dict(
        ask(
            asked.warehouse,
            "SELECT split_part(location, '/', -1), outcome || ' ' || split_part(detail, ':', 1) "
            "FROM meta.pages WHERE detail IS NOT NULL",
        )
    )
    reasons = {found[f"{n}.html"] for n in range(3)}
    assert len(reasons) == 1
    assert reasons.pop().startswith("rejected ")
    assert found["same.html"] == "duplicate same_bytes"
