"""`newsduck ingest` as a person calls it: locks and wrong files.

`call` runs the verb in this process.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Call
from tests.flow.pages import contents, html_page, process_here
from warehouse.homes.duckdb_file import published_path


def test_ingest_runs_without_a_server_and_says_when_nothing_changed(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`test_wheel.py` starts the command itself."""
    monkeypatch.setattr("flows.steps.direct.run_batch", process_here)
    monkeypatch.setattr("flows.steps.direct.fork_workers", lambda: None)
    (tmp_path / "quay.html").write_text(html_page("Port Ellery widens its quay"), encoding="utf-8")
    words = ("ingest", "quay.html", "-w", "[n].duckdb", "--no-prefect")
    code, shown, _ = call(*words)
    assert code == 0
    assert "loaded" in shown
    assert published_path(tmp_path / "[n].duckdb").exists()
    code, shown, _ = call(*words)
    assert code == 0
    assert "Nothing changed: all 1 pages are known" in shown


def test_a_warehouse_of_a_newer_version_is_refused_untouched(
    tmp_path: Path, call: Call, warehouse: Path
) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("INSERT INTO meta.migrations VALUES (999, 'later', now(), '9.0')")
    (tmp_path / "pages" / "more.html").write_text(html_page("More"), encoding="utf-8")
    before = contents(warehouse)
    code, _, errors = call("ingest", "pages", "-w", warehouse)
    assert code == 2
    assert "layout 999" in errors
    assert "Upgrade newsduck" in errors
    assert contents(warehouse) == before


def test_a_file_that_is_no_warehouse_is_refused_untouched(tmp_path: Path, call: Call) -> None:
    (tmp_path / "page.html").write_text(html_page("A page"), encoding="utf-8")
    (tmp_path / "notes.duckdb").write_text("my notes", encoding="utf-8")
    assert call("ingest", "page.html", "-w", "notes.duckdb")[0] == 2
    assert (tmp_path / "notes.duckdb").read_text(encoding="utf-8") == "my notes"
    with duckdb.connect(str(tmp_path / "other.duckdb")) as connection:
        connection.execute("CREATE TABLE mine (a INT)")
    code, _, errors = call("ingest", "page.html", "-w", "other.duckdb")
    assert code == 2
    assert "not newsduck's" in errors


def test_a_held_warehouse_is_waited_for_and_then_given_up(call: Call, warehouse: Path) -> None:
    script = (
        "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); "
        "sys.stdin.readline()"
    )
    words = [sys.executable, "-c", script, str(warehouse)]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        code, _, errors = call("ingest", "pages", "-w", warehouse, "--lock-timeout", "0.3")
        assert code == 2
        assert "waiting up to 0.3 s" in errors
        assert "--lock-timeout" in errors
        assert str(holder.pid) in errors
        assert call("sql", "SELECT 1", "-w", warehouse)[0] == 0
        assert "published copy" in call("status", "-w", warehouse)[1]
        holder.communicate("\n")
    assert call("ingest", "pages", "-w", warehouse)[0] == 0
