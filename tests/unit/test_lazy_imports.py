"""Quick commands import little: what they import decides how long they take."""

from __future__ import annotations

import errno
import inspect
import io
import json
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import duckdb
import pytest

from flows.cli import EXIT_CODES, GARBAGE_AFTER, exit_code, is_interrupt, take_any_text
from flows.commands.verbs import VERBS, LazyVerbs, load_verb, seconds_since_call
from schemas import MIGRATIONS
from tests.conftest import Call
from warehouse.errors import WarehouseBusyError
from warehouse.homes.duckdb_file import published_path
from warehouse.migrate import MIGRATIONS_TABLE, migrate

HEAVY = {
    *("prefect", "polars", "pandera", "numpy", "scipy", "altair", "httpx", "httpcore"),
    *("trafilatura", "lxml", "bs4", "feedparser", "ftfy", "py3langid", "courlan", "fastwarc"),
    *("schemas", "flows.clean", "flows.annotate", "flows.steps"),
}
"""Packages that no quick command may import; each takes from 50 ms to 2 s."""

PROGRAM = """
import atexit, gc, json, sys
# the last thing that is done
atexit.register(lambda: print(json.dumps([gc.get_freeze_count() > 0, gc.get_threshold()[0]])))
from flows.cli import main
for words in json.loads(sys.argv[1]):
    sys.argv = ["newsduck", *words]
    try:
        main()
    except SystemExit as ended:
        assert not ended.code, (words, ended.code)
print(json.dumps(sorted(sys.modules)))
"""


def test_quick_commands_import_nothing_heavy(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    for file in (warehouse, published_path(warehouse)):
        with duckdb.connect(str(file)) as connection:
            migrate(connection)
    calls = [
        ["--help"],
        ["--version"],
        ["sql", "--help"],
        ["sql", "SELECT 1 AS one", "-w", str(warehouse)],
        ["status", "-w", str(warehouse)],
    ]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(calls)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    *_, modules, garbage = done.stdout.splitlines()
    assert json.loads(garbage) == [True, GARBAGE_AFTER], (
        "imports, or the end of the process, look for garbage"
    )
    imported = set(json.loads(modules))
    assert "flows.commands.status" in imported
    assert imported & HEAVY == set()


@pytest.mark.parametrize("name", VERBS)
def test_the_line_of_a_verb_is_that_of_its_help(name: str) -> None:
    first = inspect.cleandoc(load_verb(name).help).split("\n\n")[0]
    assert VERBS[name][1] == " ".join(first.split())


def test_every_verb_stands_in_the_list() -> None:
    import typer

    for module in {module for module, _ in VERBS.values()}:
        app = typer.Typer()
        import_module(f"flows.commands.{module}").register(app)
        names = {c.name for c in app.registered_commands} | {g.name for g in app.registered_groups}
        assert names == {name for name, (home, _) in VERBS.items() if home == module}


@pytest.mark.parametrize("name", EXIT_CODES)
def test_every_error_with_an_exit_code_exists_under_its_name(name: str) -> None:
    module, _, kind = name.rpartition(".")
    error = getattr(import_module(module), kind)
    assert issubclass(error, Exception)
    assert f"{error.__module__}.{error.__qualname__}" == name


def test_errors_have_the_exit_code_of_their_kind() -> None:
    assert exit_code(WarehouseBusyError("a subclass")) == 2
    assert exit_code(NotADirectoryError(errno.ENOTDIR, "a file where a folder belongs")) == 2
    assert exit_code(ValueError("a fault of ours")) is None


def test_ctrl_c_within_a_query_is_no_fault_of_ours() -> None:
    assert is_interrupt(RuntimeError("Query interrupted"))  # as DuckDB 1.5 says it
    assert not is_interrupt(RuntimeError("another"))


@pytest.mark.parametrize(
    ("chosen", "written"),
    [(None, "Woleńska, Köln".encode()), ("cp1252", b"Wole\\u0144ska, K\xf6ln")],
)
def test_every_character_can_be_written_where_the_system_is_not_utf_8(
    chosen: str | None, written: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    if chosen:
        monkeypatch.setenv("PYTHONIOENCODING", chosen)
    held = io.BytesIO()
    stream = io.TextIOWrapper(held, encoding="cp1252")
    take_any_text(stream)
    stream.write("Woleńska, Köln")
    stream.flush()
    assert held.getvalue() == written


def test_a_persons_wait_begins_with_the_call_and_not_behind_the_imports(call: Call) -> None:
    before = time.monotonic()
    assert call("sql", "--list")[0] == 0
    assert before <= LazyVerbs.called_at
    assert 0 <= seconds_since_call() <= time.monotonic() - before


def test_the_table_of_migrations_is_called_as_its_contract_is() -> None:
    assert MIGRATIONS.name == MIGRATIONS_TABLE
