"""All parts of deploy/compose.yaml as processes: PostgreSQL, a Prefect server on it, a work pool
with two workers, a Dask cluster, a lake. Each worker ingests while a reader looks on.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from tests.flow.compose import ROOT, command_of
from tests.flow.pages import SOURCES, ask, write_parts
from tests.flow.postgres import Postgres
from tests.flow.prefect_server import Server, awaited, running
from tests.ports import free_port
from warehouse.connect import LakeAddress, open_reader, open_writer

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.usefixtures("empty_folder")]

WHOLE = """
    SELECT (SELECT count(*) FROM articles), (SELECT coalesce(sum(loaded_count), 0) FROM meta.runs),
        (SELECT count(DISTINCT article_id) FROM quotes)
"""
"""Articles, articles by what the runs say, and articles with a quotation: every page has one."""


@pytest.fixture
def lake(postgres: Postgres, tmp_path: Path) -> LakeAddress:
    """A lake without rows."""
    lake = LakeAddress(f"postgres:{postgres.database()}", str(tmp_path / "data"))
    with open_writer(lake, 5, print):
        return lake


@pytest.fixture
def folder(tmp_path: Path, lake: LakeAddress) -> Path:
    """A folder as an operator has it: settings, sources, pages of a source, and other pages."""
    write_parts(tmp_path / "pages", range(3))
    write_parts(tmp_path / "other", range(3, 5))
    (tmp_path / "sources.yml").write_text(SOURCES, encoding="utf-8")
    (tmp_path / "newsduck.toml").write_text(
        f'sources = "sources.yml"\nwarehouse = "{lake}"\nworkers = 1\ntask_runner = "dask"\n'
        f'lock_timeout = 600\n[dask]\nshared = "file://{tmp_path}/shared"\n',
        encoding="utf-8",
    )
    return tmp_path


@pytest.fixture
def dask(folder: Path) -> Iterator[str]:
    """The address of a Dask cluster of a scheduler and a worker, with the commands of compose."""
    port = str(free_port())
    address, log = f"tcp://127.0.0.1:{port}", folder / "dask.log"
    nowhere = {"0.0.0.0:8787": "127.0.0.1:0", "127.0.0.1:8788": "127.0.0.1:0"}
    scheduler = command_of("scheduler", **{"0.0.0.0": "127.0.0.1", "8786": port}, **nowhere)
    worker = command_of("dask", **{"tcp://scheduler:8786": address}, **nowhere)
    with (
        running(*scheduler, log=folder / "scheduler.log", cwd=folder),
        running(*worker, log=log, cwd=folder) as process,
    ):
        awaited(lambda: "Registered to" in log.read_text(), process, log)
        yield address


@pytest.fixture
def deployed(
    server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, dict[str, Any]]:
    """What deploy/prefect.yaml deploys into a work pool, with a schedule that is due at once."""
    spec = yaml.safe_load((ROOT / "deploy" / "prefect.yaml").read_text(encoding="utf-8"))
    spec["deployments"][0]["schedules"] = [{"interval": 5}]
    (folder / "often.yaml").write_text(yaml.safe_dump(spec), encoding="utf-8")
    server.post("work_pools/", name="newsduck", type="process")
    from prefect.cli import app
    from prefect.settings import PREFECT_API_URL, temporary_settings

    words = ["prefect", "--no-prompt", "deploy", "--all", "--prefect-file", "often.yaml"]
    monkeypatch.setattr(sys, "argv", words)
    monkeypatch.chdir(folder)
    with temporary_settings({PREFECT_API_URL: server.url}), pytest.raises(SystemExit) as ended:
        app()
    gc.collect()  # connections that it left open: here, where warnings of them are ignored
    assert not ended.value.code
    return server.deployments("newsduck")


def test_two_workers_load_one_lake_over_dask_and_a_reader_sees_whole_runs(
    server: Server,
    folder: Path,
    lake: LakeAddress,
    dask: str,
    deployed: dict[str, dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert set(deployed) == {
        *("ingest", "monitor", "retention", "maintain"),
        *("reprocess", "replay"),
    }
    # a killed run would hold the slot of a limit for minutes
    assert [d["global_concurrency_limit"] for d in deployed.values()] == [None] * 6
    ingest = deployed["ingest"]["id"]
    by_hand = server.post(
        f"deployments/{ingest}/create_flow_run",
        parameters={"inputs": ["other"]},
        work_queue_name="second",
    )["id"]
    seen = set[tuple[int, ...]]()

    def scheduled() -> list[dict[str, Any]]:
        return [run for run in server.runs(ingest) if run["id"] != by_hand]

    def completed() -> list[dict[str, Any]]:
        seen.update(reader.execute(WHOLE).fetchall())
        done = [run for run in server.runs(ingest) if run["state_name"] == "Completed"]
        others = [run for run in done if run["id"] != by_hand]
        return others if len(done) > len(others) else []

    environment = server.environment | {
        "NEWSDUCK_HOME": str(folder),
        "NEWSDUCK_DASK__ADDRESS": dask,
    }
    with open_reader(lake) as reader, ExitStack() as workers:
        for queue in ("second", "default"):
            log = folder / f"worker-{queue}.log"
            words = (*command_of("worker"), "--work-queue", queue)
            process = workers.enter_context(
                running(*words, log=log, cwd=folder.parent, env=environment)
            )
        awaited(scheduled, process, log)
        server.post(f"deployments/{ingest}/pause_deployment")
        done = awaited(completed, process, log, pause=2.0)[0]
        seen.update(reader.execute(WHOLE).fetchall())
    assert (5, 5, 5) in seen
    assert seen <= {(0, 0, 0), (2, 2, 2), (3, 3, 3), (5, 5, 5)}, "each is the sum of whole runs"
    assert ask(lake, "SELECT count(*) FROM articles WHERE source_id = 'tide'") == [(3,)]
    assert len(ask(lake, "SELECT 1 FROM meta.runs WHERE state = 'loaded'")) == 2
    assert (folder / "shared").is_dir(), "batches went over shared files to the Dask cluster"
    assert done["auto_scheduled"]
    check_that_late_runs_stand_down(server, done, monkeypatch)


def check_that_late_runs_stand_down(
    server: Server, done: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that was due before `done` started has nothing to do; one that was due after it, or
    that a person started, has.
    """
    from prefect.client.schemas.objects import FlowRun
    from prefect.context import FlowRunContext
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.prefect_hooks.skip_late_runs import stands_down

    start = FlowRun.model_validate(done).start_time
    assert start is not None

    def state(**changed: Any) -> Any:
        run = FlowRun.model_validate(
            done | {"id": "00000000-0000-0000-0000-000000000001"} | changed
        )
        monkeypatch.setattr(FlowRunContext, "get", lambda: SimpleNamespace(flow_run=run, flow=None))
        with temporary_settings({PREFECT_API_URL: server.url}):
            return stands_down()

    stood_down = state()
    assert (stood_down.name, stood_down.is_completed()) == ("Skipped", True)
    assert done["name"] in stood_down.message
    assert state(expected_start_time=(start + timedelta(seconds=1)).isoformat()) is None
    assert state(auto_scheduled=False) is None
