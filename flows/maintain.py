"""The flow that tidies a lake: joins small files, lets old snapshots go, deletes files that nothing
needs. It holds the lock of runs meanwhile; schedule it once a day, when few pages come.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger

from flows.prefect_hooks.end_with_serve import end_with_serve
from flows.prefect_hooks.run_name import name_run
from flows.prefect_hooks.skip_late_runs import stands_down
from flows.settings import Settings
from flows.steps.maintain import tidy


@flow(name="maintain", description=__doc__)
def maintain(
    warehouse: Path | str | None = None, lock_timeout: float | None = None
) -> dict[str, Any]:
    """Tidy the warehouse; `done` of what it returns says what was done. Parameters that are None
    come from the settings.

    Raises WarehouseError where there is no warehouse or another run holds it.
    """
    end_with_serve()
    if late := stands_down():
        return late
    settings = Settings.with_options(warehouse=warehouse, lock_timeout=lock_timeout)
    name_run("maintain", f"{datetime.now(UTC):%Y%m%dT%H%M%S}")
    done = tidy(settings.warehouse, settings.snapshot_days, settings.lock_timeout)
    get_run_logger().info("%s", done)
    return {"done": done}
