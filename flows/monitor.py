"""The flow that compares every source with its past, updates incidents and sends messages. It needs
no page and takes seconds.

`watch/` decides; results go to `meta.metrics` and `meta.checks`, like the checks of a run. Schedule
it more often than any other flow: silence is only seen by looking.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger
from prefect.artifacts import create_table_artifact

from flows.prefect_hooks.end_with_serve import end_with_serve
from flows.prefect_hooks.health_artifact import showing_health
from flows.prefect_hooks.incident_events import notify_incidents
from flows.prefect_hooks.run_name import name_run
from flows.prefect_hooks.skip_late_runs import stands_down
from flows.progress import reporter
from flows.settings import Settings
from flows.steps import monitor as watching
from flows.steps.request import Request
from warehouse.connect import run_lock


@flow(name="monitor", description=__doc__)
def monitor(
    sources_file: Path | None = None,
    warehouse: Path | str | None = None,
    lock_timeout: float | None = None,
) -> dict[str, Any]:
    """Compare every source with its past, update incidents and notify people; return the results by
    status.

    Parameters that are None come from the settings. Raises WarehouseError where there is no
    warehouse or another run holds it.
    """
    end_with_serve()
    if late := stands_down():
        return late
    settings = Settings.with_options(
        sources=sources_file, warehouse=warehouse, lock_timeout=lock_timeout
    )
    request = Request.of((), settings)
    moment = datetime.now(UTC)
    name_run("monitor", f"{moment:%Y%m%dT%H%M%S}")
    logger = get_run_logger()
    lock = run_lock(request.warehouse, request.lock_timeout, reporter().say)
    with lock, notify_incidents(request), showing_health(request, settings.monitor):
        watched = watching.watch(request, settings.monitor, moment)
    for result in watched.results:
        if result.is_failed:
            logger.warning(
                "%s: observed %s, expected %s", result.where, result.observed, result.expected
            )
    for row in watched.table():
        if row["is_late"]:
            logger.warning(
                "%s: last article %s, %.1f expected since",
                row["source"],
                row["last_article"],
                row["expected_since"],
            )
    create_table_artifact(
        table=watched.table(),
        key="monitor-sources",
        description=f"Sources at {watched.now:%Y-%m-%d %H:%M} UTC",
    )
    return watched.counts()
