"""The flow that takes away what is older than the operator keeps it: articles, rows of the
machinery's tables, files of the raw store, run folders. The section `retention` of the settings
says how many days; without one it does nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.artifacts import create_table_artifact

from flows.prefect_hooks.end_with_serve import end_with_serve
from flows.prefect_hooks.run_name import name_run
from flows.prefect_hooks.skip_late_runs import stands_down
from flows.progress import reporter
from flows.settings import Settings
from flows.steps.request import Request
from flows.steps.retention import retain


@flow(name="retention", description=__doc__)
def retention(
    warehouse: Path | str | None = None, lock_timeout: float | None = None, dry_run: bool = False
) -> dict[str, Any]:
    """Take away what is older than the settings keep it; return what went, by kind.

    Parameters that are None come from the settings; with `dry_run` nothing changes. Raises
    WarehouseError where there is no warehouse or another run holds it.
    """
    end_with_serve()
    if late := stands_down():
        return late
    settings = Settings.with_options(warehouse=warehouse, lock_timeout=lock_timeout)
    moment = datetime.now(UTC)
    name_run("retention", f"{moment:%Y%m%dT%H%M%S}")
    request = Request.of((), settings)
    gone = retain(request, settings.retention, moment, reporter().say, dry_run=dry_run)
    table = gone.table()
    create_table_artifact(
        table=table, key="retention", description="Would go" if dry_run else "Gone"
    )
    return {str(row["what"]): row["count"] for row in table}
