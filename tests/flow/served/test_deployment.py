"""Schedules on a real server: what `deploy/prefect.yaml` deploys is run by a real worker, what
`newsduck serve` registers by itself.
"""

from __future__ import annotations

import sys
import time
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from flows.settings import ServeSettings, Settings
from tests.bench.torture.command import left_processes
from tests.conftest import Call
from tests.flow.compose import ROOT
from tests.flow.pages import SOURCES, ask, write_parts
from tests.flow.prefect_server import Server, awaited, running
from warehouse.connect import LakeAddress

pytestmark = [
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.usefixtures("empty_folder"),
]

NEWSDUCK = (sys.executable, "-m", "flows.cli")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as an operator has it: settings, sources, pages."""
    write_parts(tmp_path / "pages", range(3))
    (tmp_path / "sources.yml").write_text(SOURCES, encoding="utf-8")
    (tmp_path / "newsduck.toml").write_text(
        'sources = "sources.yml"\nwarehouse = "news.duckdb"\nworkers = 1\n', encoding="utf-8"
    )
    return tmp_path


def test_serve_registers_its_schedules_and_runs_what_is_due(server: Server, folder: Path) -> None:
    log = folder / "serve.log"
    environment = server.environment | {
        "NEWSDUCK_SERVE__INGEST": "7 3 1 1 *",
        "NEWSDUCK_SERVE__TIMEZONE": "Europe/Vienna",
    }
    with running(*NEWSDUCK, "serve", log=log, cwd=folder, env=environment) as serving:
        awaited(lambda: len(server.deployments("serve")) == 3, serving, log)
        found = server.deployments("serve")
        (schedule,) = found["ingest"]["schedules"]
        assert (
            schedule["active"],
            schedule["schedule"]["cron"],
            schedule["schedule"]["timezone"],
        ) == (True, "7 3 1 1 *", "Europe/Vienna")
        assert found["monitor"]["schedules"][0]["schedule"]["cron"] == ServeSettings().monitor
        assert [d["global_concurrency_limit"] for d in found.values()] == [None] * 3
        asked = f"deployments/{found['ingest']['id']}/create_flow_run"

        def is_asked() -> bool:
            answer = server.client.post(asked, json={})
            # the server answers so when it is too busy for its database
            return answer.status_code != 503 and answer.raise_for_status().is_success

        awaited(is_asked, serving, log)
        awaited(
            lambda: [
                run
                for run in server.runs(found["ingest"]["id"])
                if run["state_name"] == "Completed"
            ],
            serving,
            log,
        )
        server.post(asked)
        ingest = found["ingest"]["id"]
        awaited(
            lambda: [run for run in server.runs(ingest) if run["state_name"] == "Running"],
            serving,
            log,
        )
        assert len(left_processes(serving.pid)) > 1
        serving.kill()
        serving.wait()
        while left_processes(serving.pid):  # pytest's own timeout ends it
            time.sleep(0.2)
    assert ask(folder / "news.duckdb", "SELECT count(*) FROM articles") == [(3,)]


def test_the_deployed_schedules_are_those_of_the_settings() -> None:
    spec = yaml.safe_load((ROOT / "deploy" / "prefect.yaml").read_text(encoding="utf-8"))
    told = {
        d["entrypoint"].rpartition(".")[2]: [s["cron"] for s in d["schedules"]]
        for d in spec["deployments"]
    }
    assert told == {
        "ingest": [ServeSettings().ingest],
        "monitor": [ServeSettings().monitor],
        "retention": [ServeSettings().retention],
        "maintain": [ServeSettings().maintain],
        "reprocess": [],
        "replay": [],
    }


def test_every_flow_that_is_served_ends_with_serve_and_skips_late_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from flows.deployments import deployments  # imports Prefect

    served = deployments(Settings(warehouse=LakeAddress("w.ducklake")))
    assert [made.flow_name for made in served] == ["ingest", "monitor", "retention", "maintain"]
    for made in served:
        name, _, function = str(made.entrypoint).rpartition(".")
        module, calls, late = import_module(name), list[str](), {"state": "Skipped"}
        monkeypatch.setattr(module, "end_with_serve", lambda calls=calls: calls.append("ends"))
        monkeypatch.setattr(module, "stands_down", lambda late=late: late)
        assert getattr(module, function).fn() is late
        assert calls == ["ends"], function


def test_serve_says_at_once_that_no_sources_are_named(call: Call) -> None:
    code, _, errors = call("serve")
    assert code == 2
    assert "--sources FILE" in errors


def test_serve_says_at_once_that_no_server_is_configured(
    folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.settings import PREFECT_API_URL, temporary_settings

    monkeypatch.setenv("PREFECT_HOME", str(folder / "prefect"))
    with temporary_settings(restore_defaults={PREFECT_API_URL}):
        code, _, errors = call("serve")
    assert code == 2
    assert "prefect server start" in errors
