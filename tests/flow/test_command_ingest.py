"""`newsduck ingest` as a person calls it: locks, wrong files, a killed run.

`call` runs the verb in this process; `newsduck` starts the real command where a process matters.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Call
from tests.flow.pages import PARAGRAPHS, ask, contents, file_of, html_page, ingest, request
from tests.flow.shell import COMMAND, newsduck
from warehouse.homes.duckdb_file import published_path


def test_ingest_runs_without_a_server_and_says_when_nothing_changed(
    tmp_path: Path, call: Call
) -> None:
    (tmp_path / "quay.html").write_text(html_page("Port Ellery widens its quay"), encoding="utf-8")
    first = newsduck(tmp_path, "ingest", "quay.html", "-w", "n.duckdb")
    assert first.returncode == 0, first.stderr
    assert "loaded" in first.stdout
    assert "No Prefect server is configured: running without Prefect" in first.stderr
    assert not (tmp_path / "prefect").exists(), "Prefect was not even imported"
    assert published_path(tmp_path / "n.duckdb").exists()
    logs = {file.name for file in tmp_path.glob("n.runs/*/batches/*.stderr")}
    assert logs == {"0001.stderr"}, "the worker is forked from the command: no server is started"
    code, shown, _ = call("ingest", "quay.html", "-w", "n.duckdb", "--no-prefect")
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


def test_a_prefect_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(html_page("A page"), encoding="utf-8")
    called = newsduck(
        tmp_path,
        *("ingest", "page.html", "-w", "n.duckdb", "--prefect"),
        PREFECT_API_URL="http://127.0.0.1:9/api",
    )
    assert called.returncode == 2
    assert "Prefect server at http://127.0.0.1:9/api cannot be reached" in called.stderr.replace(
        "\n", " "
    )
    assert not (tmp_path / "n.duckdb").exists()


def processed_batches(folder: Path) -> int:
    """How many batches of the run in `folder` are staged; a batch is whole when its pages are."""
    return len(list(folder.glob("w.runs/*/stage/*/meta.pages.parquet")))


MOMENTS: dict[str, Callable[[Path], bool]] = {
    "planned": lambda folder: processed_batches(folder) > 0,
    "processing": lambda folder: processed_batches(folder) > 1,
    "loading": lambda folder: processed_batches(folder) > 4,
}
"""When to kill a run of four batches. The plan itself is staged as the first."""


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_moment_and_run_again_it_is_as_if_never_killed(
    tmp_path: Path, moment: str
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for n in range(12):
        (folder / f"{n}.html").write_text(
            html_page(f"Part {n}", [f"Part {n} of the story.", *PARAGRAPHS]), encoding="utf-8"
        )
    undisturbed = request(tmp_path / "undisturbed", folder)
    ingest(undisturbed)
    asked = request(tmp_path / "killed", folder)
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    words = [*COMMAND, "ingest", str(folder), "-w", str(asked.warehouse), "--no-prefect"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        [*words, "--batch-size", "3", "--workers", "1"],
        cwd=tmp_path,
        env=environment,
        stdout=quiet,
        stderr=quiet,
        start_new_session=True,
    ) as run:
        while run.poll() is None and not MOMENTS[moment](tmp_path / "killed"):
            time.sleep(0.01)
        os.killpg(run.pid, signal.SIGKILL)
    assert run.returncode == -signal.SIGKILL
    ingest(asked)
    assert contents(asked.warehouse) == contents(undisturbed.warehouse)
    assert ask(published_path(file_of(asked)), "SELECT count(*) FROM articles") == [(12,)]
