"""Nothing that a reader does to the published copy or to the warehouse stops a run."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Call
from tests.flow.pages import PARAGRAPHS, ask, html_page, ingest, request
from warehouse.connect import open_writer
from warehouse.errors import WarehouseBusyError, WarehouseError
from warehouse.homes import published_file
from warehouse.homes.duckdb_file import published_path, wal_path
from warehouse.homes.published_file import is_published, state_path
from warehouse.publish import Load, ensure_published, last_load, repair_published

pytestmark = pytest.mark.usefixtures("unlinked", "unwarned")

COUNT = "SELECT count(*) FROM articles"


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a page that is ingested and published."""
    folder = tmp_path_factory.mktemp("first")
    page = html_page("Port Ellery widens its quay", url="https://tide.example/news/quay")
    (folder / "quay.html").write_text(page, encoding="utf-8")
    ingest(request(folder, folder))
    return folder


@pytest.fixture
def warehouse(first_run: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(first_run, tmp_path, dirs_exist_ok=True)
    shutil.rmtree(tmp_path / "w.runs", ignore_errors=True)
    repair_published(tmp_path / "w.duckdb", 5, print)
    return tmp_path / "w.duckdb"


@contextmanager
def client(
    path: Path, *statements: str, read_only: bool = False, dies: bool = False
) -> Iterator[None]:
    """Another process that has `path` open in the body; it closes it, or is killed, afterwards."""
    script = (
        "import duckdb, json, os, sys\n"
        "path, read_only, statements = json.loads(sys.argv[1])\n"
        "c = duckdb.connect(path, read_only=read_only)\n"
        "for statement in statements: c.execute(statement)\n"
        "print('open', flush=True)\n"
        "sys.stdin.readline()\n"
    )
    words = [sys.executable, "-c", script, json.dumps([str(path), read_only, statements])]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "open"
        yield
        if dies:
            process.kill()
        process.communicate("\n")


def more(warehouse: Path) -> None:
    """Ingest one more page."""
    page = html_page("Another day", PARAGRAPHS[1:], "https://tide.example/news/more")
    file = warehouse.parent / "more.html"
    file.write_text(page, encoding="utf-8")
    ingest(request(warehouse.parent, file))


def load_more(warehouse: Path) -> None:
    """Load one more article and publish, as the last step of a run does."""
    with open_writer(warehouse, 5, print) as connection:
        for table, key in (("articles", "article_id"), ("meta.runs", "run_id")):
            number = ", load_number + 1 AS load_number" if table == "meta.runs" else ""
            connection.execute(
                f"INSERT INTO {table} SELECT * REPLACE ({key} || '+' AS {key}{number}) "
                f"FROM {table} ORDER BY length({key}) DESC LIMIT 1"
            )
        load = last_load(connection)
    assert ensure_published(warehouse, load, 5, print)


def test_a_published_copy_open_for_writing_elsewhere_is_replaced(warehouse: Path) -> None:
    with client(published_path(warehouse), "CREATE TABLE mine AS SELECT 1 AS a"):
        load_more(warehouse)
        assert ask(published_path(warehouse), COUNT) == [(2,)]
    load_more(warehouse)
    assert ask(published_path(warehouse), COUNT) == [(3,)]
    with pytest.raises(duckdb.CatalogException):
        ask(published_path(warehouse), "FROM mine")


def test_a_log_left_by_a_killed_client_reaches_no_reader_of_the_next_copy(warehouse: Path) -> None:
    with client(published_path(warehouse), "DELETE FROM articles", dies=True):
        pass
    assert ask(published_path(warehouse), COUNT) == [(0,)]
    load_more(warehouse)
    assert ask(published_path(warehouse), COUNT) == [(2,)]


def test_a_log_is_cleared_by_a_run_that_loads_nothing(warehouse: Path) -> None:
    with client(published_path(warehouse), "DELETE FROM articles", dies=True):
        pass
    ingest(request(warehouse.parent, warehouse.parent / "quay.html"))
    assert ask(published_path(warehouse), COUNT) == [(1,)]


def loaded(warehouse: Path) -> Load | None:
    """The last run that loaded rows."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return last_load(connection)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def put_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "note.txt").write_text("mine", encoding="utf-8")


def put_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def put_dangling_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("gone/news.duckdb")


def put_other_database(path: Path) -> None:
    path.unlink()
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE other AS SELECT 1 AS a")


def overwrite(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:4200] = bytes(104)
    path.write_bytes(content)


def change(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("DELETE FROM articles")


@pytest.mark.parametrize(
    "harm",
    [
        Path.unlink,
        truncate,
        empty,
        put_folder,
        put_pipe,
        put_dangling_link,
        put_other_database,
        overwrite,
        change,
    ],
)
def test_a_published_copy_that_is_missing_or_damaged_is_made_anew(
    warehouse: Path, harm: object
) -> None:
    assert callable(harm)
    harm(published_path(warehouse))
    if harm is Path.unlink:
        ingest(request(warehouse.parent, warehouse.parent / "quay.html"))
    else:  # what the run begins with
        assert repair_published(warehouse, 5, print)
    assert ask(published_path(warehouse), COUNT) == [(1,)]
    if harm is put_folder:
        aside = published_path(warehouse).with_name("w.published.duckdb.aside-1")
        assert (aside / "note.txt").read_text(encoding="utf-8") == "mine"


def test_a_link_in_place_of_the_copy_leads_to_the_new_one(warehouse: Path, tmp_path: Path) -> None:
    shown = tmp_path / "shown" / "news.duckdb"
    shown.parent.mkdir()
    published_path(warehouse).rename(shown)
    published_path(warehouse).symlink_to(shown)
    change(shown)
    assert repair_published(warehouse, 5, print)
    assert published_path(warehouse).is_symlink()
    assert ask(shown, COUNT) == [(1,)]
    assert not repair_published(warehouse, 5, print)


def test_what_is_no_file_beside_the_copy_is_set_aside_or_made_anew(warehouse: Path) -> None:
    log = wal_path(published_path(warehouse))
    log.mkdir()
    (log / "note.txt").write_text("mine", encoding="utf-8")
    assert not repair_published(warehouse, 5, print)
    assert (log.with_name(f"{log.name}.aside-1") / "note.txt").is_file()
    state_path(warehouse).unlink()
    os.mkfifo(state_path(warehouse))
    assert ensure_published(warehouse, loaded(warehouse), 5, print)
    assert state_path(warehouse).is_file()


def test_a_copy_that_is_current_is_not_made_anew(warehouse: Path) -> None:
    before = published_path(warehouse).stat().st_mtime_ns
    assert not repair_published(warehouse, 5, print)
    assert not ensure_published(warehouse, loaded(warehouse), 5, print)
    assert published_path(warehouse).stat().st_mtime_ns == before


def test_a_copy_is_published_though_the_index_takes_too_much_memory(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(connection: duckdb.DuckDBPyConnection) -> None:
        raise duckdb.OutOfMemoryException("Out of Memory Error: could not allocate a block")

    published_path(warehouse).unlink()
    monkeypatch.setattr(published_file, "update_search_index", fail)
    said: list[str] = []
    assert repair_published(warehouse, 5, said.append)
    assert ask(published_path(warehouse), COUNT) == [(1,)]
    assert "full-text index: Out of Memory" in said[-1]


def test_a_lost_state_file_costs_one_more_copy(warehouse: Path) -> None:
    state_path(warehouse).write_text("no json", encoding="utf-8")
    assert ensure_published(warehouse, loaded(warehouse), 5, print)
    assert not ensure_published(warehouse, loaded(warehouse), 5, print)


def test_a_warehouse_put_back_from_a_backup_is_published(warehouse: Path, tmp_path: Path) -> None:
    shutil.copy(warehouse, tmp_path / "backup")
    load_more(warehouse)
    shutil.copy(tmp_path / "backup", warehouse)
    ingest(request(tmp_path, tmp_path / "quay.html"))
    assert ask(published_path(warehouse), COUNT) == [(1,)]


def test_publish_makes_the_copy_on_demand(warehouse: Path, call: Call) -> None:
    published_path(warehouse).unlink()
    code, out, errors = call("publish", "-w", warehouse)
    assert (code, "w.published.duckdb" in out) == (0, True), errors
    assert ask(published_path(warehouse), COUNT) == [(1,)]
    assert call("publish", "-w", "none.duckdb")[0] == 2


def test_readers_of_the_warehouse_stop_neither_load_nor_publishing(warehouse: Path) -> None:
    with client(warehouse, read_only=True):
        more(warehouse)
        assert ask(warehouse, COUNT) == [(2,)]
        assert ask(published_path(warehouse), COUNT) == [(2,)]
    assert sorted(p.name for p in warehouse.parent.glob("w.duckdb*")) == [
        "w.duckdb",
        "w.duckdb.lock",
    ]


def test_a_session_beside_readers_keeps_what_it_committed_before_it_failed(warehouse: Path) -> None:
    def fail() -> None:
        with open_writer(warehouse, 5, print) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS a")
            connection.execute("BEGIN")
            connection.execute("INSERT INTO kept VALUES (2)")
            raise LookupError

    with client(warehouse, read_only=True), pytest.raises(LookupError):
        fail()
    assert ask(warehouse, "FROM kept") == [(1,)]


def test_another_writer_is_waited_for_and_then_named(warehouse: Path) -> None:
    with (
        client(warehouse, "CREATE TABLE mine AS SELECT 1 AS a"),
        pytest.raises(WarehouseBusyError, match="--lock-timeout"),
        open_writer(warehouse, 0.3, print),
    ):
        pass


def test_a_warehouse_that_is_no_database_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "w.duckdb").write_bytes(b"no database" * 1000)
    with (
        pytest.raises(WarehouseError, match=r"w\.duckdb"),
        open_writer(tmp_path / "w.duckdb", 0, print),
    ):
        pass


def test_what_is_newer_is_decided_by_the_warehouse_not_by_the_clock(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_writer(warehouse, 5, print) as connection:
        # the first run was a day ahead
        for table in ("runs", "pages"):
            connection.execute(f"UPDATE meta.{table} SET run_id = '2999' || run_id")
        connection.execute("UPDATE articles SET run_id = '2999' || run_id")
    file = warehouse.parent / "quay.html"
    url = "https://tide.example/news/quay"
    file.write_text(html_page("Port Ellery delays its quay", url=url), encoding="utf-8")
    ingest(request(warehouse.parent, file))
    assert ask(published_path(warehouse), "SELECT title FROM articles") == [
        ("Port Ellery delays its quay",)
    ]
    ingest(request(warehouse.parent, file))
    load = loaded(warehouse)
    states = ask(warehouse, "SELECT state FROM meta.runs ORDER BY load_number")
    assert states == [("loaded",), ("loaded",), ("unchanged",)]
    assert load is not None
    assert is_published(warehouse, load)


def test_a_published_copy_held_by_a_writer_is_freed_by_publishing(
    warehouse: Path, call: Call
) -> None:
    with client(published_path(warehouse), "CREATE TABLE mine AS SELECT 1 AS a"):
        code, _, errors = call("sql", COUNT, "-w", warehouse)
        assert (code, "newsduck publish" in errors) == (2, True)
        assert call("publish", "-w", warehouse)[0] == 0
        assert call("sql", COUNT, "-w", warehouse)[0] == 0


@pytest.mark.parametrize(
    "error",
    [
        duckdb.TransactionException("Failed to commit: No space left on device"),
        OSError(errno.ENOSPC, "No space left on device"),
        duckdb.IOException("No space left on device"),
    ],
    ids=["commit", "system", "duckdb"],
)
def test_a_full_disk_is_one_line_and_no_traceback(
    warehouse: Path, call: Call, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def full(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("flows.commands.publish.publish_copy", full)
    code, _, errors = call("publish", "-w", warehouse)
    assert (code, "No space left" in errors, "Traceback" in errors) == (2, True, False)


def test_a_young_copy_stays_until_it_is_as_old_as_publish_minutes_say(warehouse: Path) -> None:
    said: list[str] = []
    newer = Load(10_000, "a-later-run")
    assert not ensure_published(warehouse, newer, 5, said.append, min_seconds=3600)
    assert "publish_minutes" in said[-1]
    assert ensure_published(warehouse, newer, 5, said.append, min_seconds=1e-9)
    tomorrow = time.time() + 86_400
    os.utime(published_path(warehouse), (tomorrow, tomorrow))
    assert ensure_published(warehouse, newer, 5, said.append, min_seconds=3600)
