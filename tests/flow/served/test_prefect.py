"""The flow on a real Prefect server: tasks, retries, artifact, and what a person sees who has a
server that does not answer.
"""

from __future__ import annotations

import asyncio
import sys
import warnings
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.config.errors import InputError
from flows.steps import subprocesses as worker
from tests.conftest import Call
from tests.flow.pages import ask, html_page, write_parts
from tests.flow.served.conftest import counted_here
from tests.web.publisher import Publisher
from warehouse.connect import published_path

pytestmark = [
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.usefixtures("prefect_server", "empty_folder"),
]


def flow(**parameters: Any) -> dict[str, Any]:
    """Run the flow as Prefect does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from flows.ingest import ingest

        found: dict[str, Any] = ingest(**parameters)
    return found


def artifacts() -> list[Any]:
    """The table artifacts of the server, the newest first."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.sorting import ArtifactSort

    async def read() -> list[Any]:
        async with get_client() as client:
            return list(await client.read_artifacts(sort=ArtifactSort.CREATED_DESC))

    return asyncio.run(read())


def task_runs() -> list[Any]:
    """The task runs of the server."""
    from prefect.client.orchestration import get_client

    async def read() -> list[Any]:
        async with get_client() as client:
            return list(await client.read_task_runs())

    return asyncio.run(read())


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write_parts(tmp_path / "pages", range(4), "https://tide.example")


@pytest.mark.usefixtures("here")
def test_the_flow_runs_a_task_a_batch_and_leaves_an_artifact(tmp_path: Path, pages: Path) -> None:
    before = len(task_runs())
    summary = flow(inputs=[str(pages)], warehouse=tmp_path / "w.duckdb", batch_size=2, workers=2)
    assert summary["pages"] == {"loaded": 4, "unchanged": 0, "duplicate": 0, "rejected": 0}
    assert len(task_runs()) - before == 2
    health, shown = artifacts()[:2]
    assert shown.key == "ingest-summary"
    assert '"loaded"' in str(shown.data) or "loaded" in str(shown.data)
    assert health.key == "health"
    assert f"Last run {summary['run_id']}: loaded" in str(health.data)
    again = flow(inputs=[str(pages)], warehouse=tmp_path / "w.duckdb")
    assert again["state"] == "unchanged"
    assert ask(tmp_path / "w.duckdb", "SELECT count(*) FROM articles") == [(4,)]


def test_a_batch_is_tried_again_where_that_can_help(
    tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import ingest as module

    once = tmp_path / "failed-once"
    script = (
        f"import pathlib, runpy, sys\np = pathlib.Path({str(once)!r})\nif not p.exists(): "
        "p.touch(); sys.exit('no room on the disk')\n"
    )
    script += "runpy.run_module('flows.worker.fork_server', run_name='__main__')"
    monkeypatch.setattr(worker, "SERVER", (sys.executable, "-c", script))
    monkeypatch.setattr(module.process_batch, "retry_delay_seconds", [0.1, 0.1])
    summary = flow(inputs=[str(pages)], warehouse=tmp_path / "w.duckdb", batch_size=10)
    assert once.exists()
    assert summary["pages"]["loaded"] == 4


def test_a_broken_worker_fails_the_flow_and_changes_nothing(
    tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import ingest as module

    monkeypatch.setattr(
        worker,
        "SERVER",
        (sys.executable, "-c", "raise SystemExit('ContractError: quotes: lacks text String')"),
    )
    monkeypatch.setattr(module.process_batch, "retry_delay_seconds", [0.1, 0.1])
    with pytest.raises(worker.WorkerError, match="lacks text String"):
        flow(inputs=[str(pages)], warehouse=tmp_path / "w.duckdb")
    assert ask(tmp_path / "w.duckdb", "SELECT count(*) FROM articles") == [(0,)]


def test_a_look_and_a_run_that_fails_say_how_things_stand(
    tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import ingest as module
    from flows.monitor import monitor

    with monkeypatch.context() as well:
        well.setattr(module, "run_batch", counted_here)
        flow(inputs=[str(pages)], warehouse=tmp_path / "w.duckdb")
    monitor(warehouse=tmp_path / "w.duckdb")
    assert {a.key for a in artifacts()[:2]} == {"health", "monitor-sources"}
    before = {a.id for a in artifacts()}
    monkeypatch.setattr(
        worker,
        "SERVER",
        (sys.executable, "-c", "raise SystemExit('ContractError: quotes: lacks text String')"),
    )
    monkeypatch.setattr(module.process_batch, "retry_delay_seconds", [0.1, 0.1])
    (pages / "new.html").write_text(
        html_page("Quay, the end", url="https://tide.example/end"), encoding="utf-8"
    )
    with pytest.raises(worker.WorkerError):
        flow(inputs=[str(pages)], warehouse=tmp_path / "w.duckdb")
    (shown,) = (a for a in artifacts() if a.key and a.id not in before)
    assert shown.key == "health"
    assert "1 source at" in str(shown.data)


@pytest.mark.usefixtures("here")
def test_stored_pages_are_judged_again_by_a_flow_of_its_own(warehouse: Path) -> None:
    from flows.reprocess import reprocess

    report = reprocess(all=True, warehouse=warehouse)
    assert (report["page_count"], report["missing_count"], report["differences"]) == (2, 0, ())
    assert artifacts()[0].key == "reprocess-differences"


def test_the_retention_flow_erases_what_is_old_and_says_what_went(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.retention import retention

    (old, _), (young, _) = ask(warehouse, "SELECT article_id, text FROM articles ORDER BY ALL")
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(
            "UPDATE articles SET first_seen_at = now() - INTERVAL 400 DAY WHERE article_id = ?",
            [old],
        )
    monkeypatch.setenv("NEWSDUCK_RETENTION__TABLES", '{"articles": 365, "meta.metrics": 30}')
    would = retention(warehouse=warehouse, dry_run=True)
    assert (would["articles"], would["meta.metrics"]) == (1, 0)
    assert ask(warehouse, "SELECT count(*) FROM articles") == [(2,)]
    assert retention(warehouse=warehouse) == would
    for file in (warehouse, published_path(warehouse)):
        assert ask(file, "SELECT article_id FROM articles") == [(young,)]
    shown = artifacts()[0]
    assert (shown.key, shown.description) == ("retention", "Gone")
    assert retention(warehouse=warehouse)["articles"] == 0


@pytest.mark.usefixtures("here")
def test_fetching_is_a_task_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDUCK_FETCH__ALLOW_PRIVATE", "true")
    monkeypatch.setenv("NEWSDUCK_FETCH__DELAY", "0")
    with Publisher() as tide:
        tide.write_many(2)
        summary = flow(
            inputs=[f"{tide.url}/rss.xml", f"{tide.url}/nowhere"], warehouse=tmp_path / "w.duckdb"
        )
    assert summary["pages"] == {"loaded": 2, "unchanged": 0, "duplicate": 0, "rejected": 1}
    assert summary["rejected"] == {"fetch_404": 1}
    assert [run.state_name for run in task_runs() if run.name == "fetch"] == ["Completed"]


@pytest.mark.usefixtures("here")
def test_ingest_against_a_running_server(tmp_path: Path, call: Call) -> None:
    (tmp_path / "page.html").write_text(html_page("A page of Port Ellery"), encoding="utf-8")
    before = len(task_runs())
    code, _, errors = call("ingest", "page.html", "-w", "n.duckdb", "--prefect")
    assert code == 0, errors
    assert len(task_runs()) == before + 1
    assert ask(tmp_path / "n.duckdb", "SELECT title FROM articles") == [("A page of Port Ellery",)]


def test_a_server_that_does_not_answer_is_named(tmp_path: Path, call: Call) -> None:
    from prefect.settings import PREFECT_API_URL, temporary_settings

    (tmp_path / "page.html").write_text(html_page("A page"), encoding="utf-8")
    with temporary_settings({PREFECT_API_URL: "http://127.0.0.1:9/api"}):
        code, _, errors = call("ingest", "page.html", "-w", "n.duckdb", "--prefect")
    assert code == 2
    assert "Prefect server at http://127.0.0.1:9/api cannot be reached" in errors
    assert not (tmp_path / "n.duckdb").exists()


def test_auto_uses_the_server_that_answers_and_says_so_where_none_does(
    monkeypatch: pytest.MonkeyPatch, prefect_server: str
) -> None:
    from flows import ingest as module
    from flows.commands.options import uses_prefect

    said: list[str] = []
    monkeypatch.setenv("PREFECT_API_URL", prefect_server)
    assert uses_prefect("auto", said.append)
    assert uses_prefect("always", said.append)
    assert not uses_prefect("never", said.append)
    assert said == []
    monkeypatch.setattr(module, "server_url", lambda: "http://127.0.0.1:9/api")
    assert not uses_prefect("auto", said.append)
    assert said == [
        "The Prefect server at http://127.0.0.1:9/api does not answer: running without Prefect."
    ]
    with pytest.raises(InputError, match="cannot be reached"):
        uses_prefect("always", said.append)
