"""Runs ingest, monitor, retention and, for a lake, maintain on their cron schedules, in one process
beside a permanent Prefect server.

One run at a time: `limit` covers all flows that are served together, and the warehouse's run lock
covers what other processes and people start meanwhile. The kernel gives that lock back when its
holder is killed; a concurrency limit of Prefect's would cancel the next runs for minutes, until the
killed run's lease has run out. The alternative is a work pool: `deploy/prefect.yaml`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import Flow, serve
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.ingest import ingest
from flows.maintain import maintain
from flows.monitor import monitor
from flows.prefect_hooks.end_with_serve import end_runs_with_this_process
from flows.retention import retention
from flows.settings import Settings
from warehouse.connect import LakeAddress, WarehouseAddress

NAME = "serve"
"""Name of the deployments: `ingest/serve`, `monitor/serve` and so on."""


def deployments(settings: Settings) -> list[RunnerDeployment]:
    """Return the deployments of the scheduled flows. They get the full paths of the warehouse and
    the sources; runs read the other settings.
    """
    own = {"warehouse": _full(settings.warehouse)}
    with_sources = own | {"sources_file": _resolved(settings.sources)}
    cron = settings.serve
    planned: list[tuple[Flow[..., Any], str, dict[str, Any]]] = [
        (ingest, cron.ingest, with_sources),
        (monitor, cron.monitor, with_sources),
        (retention, cron.retention, own),
    ]
    if isinstance(settings.warehouse, LakeAddress):
        planned.append((maintain, cron.maintain, own))
    return [_deployment(flow, times, cron.timezone, given) for flow, times, given in planned]


def _deployment(
    flow: Flow[..., Any], cron: str, timezone: str, parameters: dict[str, Any]
) -> RunnerDeployment:
    made = flow.to_deployment(
        NAME,
        schedule=Cron(cron, timezone=timezone),
        parameters=parameters,
        description=flow.description,
        # a path would be relative to the folder that the command was called in
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    assert isinstance(made, RunnerDeployment)
    return made


def _full(warehouse: WarehouseAddress) -> str:
    """Return the address as it holds in any folder."""
    if isinstance(warehouse, LakeAddress):
        return str(warehouse.resolved())
    return str(warehouse.resolve())


def _resolved(path: Path | None) -> str | None:
    return str(path.resolve()) if path else None


def serve_schedules(settings: Settings) -> None:
    """Register the deployments and run what is due until the process ends; then the schedules are
    paused.
    """
    end_runs_with_this_process()
    serve(*deployments(settings), limit=1)
