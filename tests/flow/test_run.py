"""A run's promises, on real pages, workers and DuckDB files; Prefect itself is tested in
test_prefect.py.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from flows.config.errors import InputError
from flows.steps import subprocesses as worker
from flows.steps.request import Request
from flows.steps.run import Run
from flows.steps.subprocesses import WorkerError, run_ahead, run_batch
from schemas import ContractError
from tests.flow.pages import (
    CONTENTS,
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
from warehouse.homes.published_file import state_path
from warehouse.load import LedgerError
from warehouse.publish import publish


def write_pages(folder: Path) -> Path:
    """Write three pages into `folder`: one with an address, one without, one as text."""
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


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """The three pages, to be changed."""
    return write_pages(tmp_path / "pages")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Request:
    """A warehouse that took the three pages; tests read it and its pages."""
    folder = tmp_path_factory.mktemp("once")
    asked = request(folder, write_pages(folder / "pages"))
    ingest(asked)
    return asked


@pytest.fixture
def loaded(once: Request, tmp_path: Path) -> Request:
    """A copy of that warehouse and of what was published, with the same pages."""
    file = file_of(once)
    for original in (file, published_path(file), state_path(file)):
        shutil.copy(original, tmp_path)
    return replace(once, warehouse=tmp_path / file.name)


def outcomes(warehouse: WarehouseAddress) -> dict[str, str]:
    """File name → outcome, in the last run."""
    rows = ask(
        warehouse,
        "SELECT location, outcome FROM meta.pages WHERE run_id = (SELECT max(run_id) FROM "
        "meta.runs)",
    )
    return {Path(location).name: outcome for location, outcome in rows}


WALL = (
    "<html><head><title>Cookies</title></head><body><h1>We value your privacy</h1><p>We and "
    "our partners use "
    "cookies. Please accept all cookies or manage your choices to "
    "continue.</p><button>Accept all</button></body></html>"
)


def test_every_page_has_one_outcome_and_every_table_its_rows(tmp_path: Path, pages: Path) -> None:
    (pages / "copy.html").write_bytes((pages / "quay.html").read_bytes())
    (pages / "void.html").write_bytes(b"")
    for n in range(3):
        (pages / f"wall{n}.html").write_text(WALL, encoding="utf-8")
    (tmp_path / "listed.html").write_text(
        html_page("Low Fenwick opens a second quarry", PARAGRAPHS[2:]), encoding="utf-8"
    )
    manifest = tmp_path / "manifest.jsonl"
    lines = [
        {"id": "gone", "path": "gone.html"},
        {"id": "here", "path": "listed.html"},
        {"id": "odd", "text": "\ud800 short"},
    ]
    manifest.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    asked = request(tmp_path, pages, manifest)
    ingest(asked)
    assert outcomes(asked.warehouse) == {
        "copy.html": "loaded",
        "quay.html": "duplicate",
        "ships.txt": "loaded",
        "stone.html": "loaded",
        "void.html": "rejected",
        "wall0.html": "rejected",
        "wall1.html": "rejected",
        "wall2.html": "rejected",
        "gone.html": "rejected",
        "listed.html": "loaded",
        "manifest.jsonl#odd": "rejected",
    }
    details = dict(
        ask(
            asked.warehouse,
            "SELECT split_part(location, '/', -1), split_part(detail, ':', 1) FROM meta.pages "
            "WHERE detail IS NOT NULL",
        )
    )
    assert details["gone.html"] == "unreadable"
    assert details["quay.html"] == "same_bytes"
    assert len({details[f"wall{n}.html"] for n in range(3)}) == 1  # the same bytes, one outcome
    assert ask(
        asked.warehouse,
        "SELECT page_count, loaded_count, duplicate_count, rejected_count, state FROM meta.runs",
    ) == [(11, 4, 1, 6, "loaded")]
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
    assert ask(published_path(file_of(asked)), "SELECT count(*) FROM articles") == [(4,)]
    said = ask(asked.warehouse, "SELECT speaker FROM quotes WHERE text LIKE 'We shall not ask%'")
    assert said
    assert set(said) == {("Marta Quilliam",)}


def test_same_input_twice_changes_nothing(loaded: Request) -> None:
    publish(loaded.warehouse, 5, print)
    before, published = (
        contents(loaded.warehouse),
        published_path(file_of(loaded)).stat().st_mtime_ns,
    )
    ingest(loaded)
    assert contents(loaded.warehouse) == before
    assert set(outcomes(loaded.warehouse).values()) == {"unchanged"}
    assert ask(loaded.warehouse, "SELECT DISTINCT run_id FROM articles") == ask(
        loaded.warehouse, "SELECT min(run_id) FROM meta.runs"
    )
    assert published_path(file_of(loaded)).stat().st_mtime_ns == published


def test_the_number_of_workers_and_batches_is_no_matter(tmp_path: Path, once: Request) -> None:
    many = replace(once, warehouse=tmp_path / "many.duckdb", workers=3, batch_size=1)
    ingest(many)
    assert contents(once.warehouse) == contents(many.warehouse)


def test_a_changed_page_updates_its_article_as_if_the_old_one_had_never_been_seen(
    tmp_path: Path, pages: Path
) -> None:
    (pages / "mole.html").write_text(
        html_page("The mole of Port Ellery stands", PARAGRAPHS[1:]), encoding="utf-8"
    )
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
    reopened = [*PARAGRAPHS[:2], "Nobody was hurt, the police of Low Fenwick said."]
    (pages / "stone.html").write_text(html_page("Quarry reopens", reopened), encoding="utf-8")
    ingest(asked)
    assert outcomes(asked.warehouse) == {
        "mole.html": "unchanged",
        "quay.html": "loaded",
        "ships.txt": "loaded",
        "stone.html": "loaded",
    }
    titles = ask(asked.warehouse, "SELECT title FROM articles ORDER BY title")
    assert titles == [
        ("Port Ellery delays its quay",),
        ("Quarry reopens",),
        ("Ships wait no longer",),
        ("The mole of Port Ellery stands",),
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
    fresh = request(tmp_path / "fresh", pages)
    ingest(fresh)
    seen = CONTENTS | {  # the fresh warehouse could not see the pages earlier
        "articles": CONTENTS["articles"].replace("(run_id)", "(run_id, first_seen_at)")
    }
    mine, theirs = contents(asked.warehouse, seen), contents(fresh.warehouse, seen)
    for table in ("articles", "quotes", "entities", "mentions", "boilerplate"):
        assert mine[table] == theirs[table], table
    seen_first = "SELECT first_seen_at FROM articles WHERE title = 'Quarry reopens'"
    assert ask(asked.warehouse, seen_first) == ask(fresh.warehouse, seen_first)


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


def with_another_day(asked: Request, folder: Path) -> Request:
    """Ask for one page more, which is written into `folder`."""
    page = folder / "more.html"
    page.write_text(
        html_page("Another day", PARAGRAPHS[1:], "https://tide.example/news/more"), encoding="utf-8"
    )
    return replace(asked, inputs=(*asked.inputs, str(page)))


def test_a_broken_check_keeps_the_last_snapshot_and_leaves_its_evidence(
    tmp_path: Path, loaded: Request
) -> None:
    asked = with_another_day(loaded, tmp_path)
    before = contents(asked.warehouse)
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


def test_publishing_is_made_up_for_after_a_crash_before_it(loaded: Request) -> None:
    published_path(file_of(loaded)).unlink()
    ingest(loaded)
    assert ask(published_path(file_of(loaded)), "SELECT count(*) FROM articles") == [(3,)]


def test_a_reader_and_a_writer_together(tmp_path: Path, loaded: Request) -> None:
    asked = with_another_day(loaded, tmp_path)
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
        ingest(asked)
        rest, _ = held.communicate("\n")
        assert rest.strip() == "3"
        assert held.returncode == 0
    assert ask(published_path(file_of(asked)), "SELECT count(*) FROM articles") == [(4,)]


def test_a_page_that_kills_its_worker_or_breaks_our_code_is_isolated_and_the_others_load(
    tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pages / "poison.html").write_text(html_page("POISON", PARAGRAPHS[:2]), encoding="utf-8")
    (pages / "bug.html").write_text(html_page("OUR BUG", PARAGRAPHS[:2]), encoding="utf-8")
    faulty = Path(__file__).with_name("faulty_worker.py")
    monkeypatch.setattr(worker, "SERVER", (sys.executable, str(faulty)))
    asked = request(tmp_path, pages)

    def process_twice(batch_file: Path, stage: Path) -> None:
        """First as if others were still being fetched: that changes nothing."""
        run_ahead(batch_file, tmp_path / "ahead")
        run_batch(batch_file, stage)

    ingest(asked, process=process_twice)
    assert outcomes(asked.warehouse) == {
        "bug.html": "rejected",
        "poison.html": "rejected",
        "quay.html": "loaded",
        "ships.txt": "loaded",
        "stone.html": "loaded",
    }
    held = (
        "SELECT table_name, check_name FROM meta.quarantine "
        "WHERE payload LIKE '%' || ? || '%' AND payload LIKE '%' || ? || '%'"
    )
    for page, told in (("poison.html", "signal 9"), ("bug.html", "Traceback")):
        assert ask(asked.warehouse, held, page, told) == [("meta.pages", "processing")], page
    assert ask(asked.warehouse, "SELECT count(*) FROM meta.quarantine") == [(2,)]
    broken = "SELECT detail FROM meta.pages WHERE location LIKE '%/bug.html'"
    assert ask(asked.warehouse, broken) == [("error: ZeroDivisionError: poison",)]


def test_a_worker_that_cannot_work_fails_the_run_with_its_last_words(
    tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        worker, "SERVER", (sys.executable, "-c", "raise SystemExit('no room on the disk')")
    )
    with pytest.raises(WorkerError, match="no room on the disk"):
        ingest(request(tmp_path, pages), process=run_batch)


def test_old_run_folders_are_swept(tmp_path: Path, loaded: Request) -> None:
    old = [f"2026010{day}T080000Z" for day in range(1, 7)]
    for name in old:
        (tmp_path / "w.runs" / name).mkdir(parents=True)
    ingest(loaded)
    *left, own = sorted(entry.name for entry in (tmp_path / "w.runs").iterdir())
    assert left == old[-loaded.kept_runs :]
    ((last,),) = ask(loaded.warehouse, "SELECT max(run_id) FROM meta.runs")
    assert own == last


def test_nothing_is_touched_when_the_request_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        ingest(request(tmp_path, tmp_path / "nowhere"))
    assert list(tmp_path.iterdir()) == []
