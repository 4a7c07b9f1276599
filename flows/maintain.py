"""The flow that tidies a lake: joins small files, lets old snapshots go, deletes files that nothing
needs. It holds the lock of runs meanwhile; schedule it once a day, when few pages come.
"""

from __future__ import annotations

from pathlib import Path

from prefect import flow, get_run_logger

from flows.prefect_hooks.skip_late_runs import stands_down
from flows.settings import Settings
from flows.steps.maintain import tidy


@flow(name="maintain", description=__doc__)
def maintain(warehouse: Path | str | None = None, lock_timeout: float | None = None) -> str:
    """Tidy the warehouse and return what was done. Parameters that are None come from the settings.

    Raises WarehouseError where there is no warehouse or another run holds it.
    """
    if stands_down():
        return "A later run is due: this one does nothing."
    settings = Settings.with_options(warehouse=warehouse, lock_timeout=lock_timeout)
    done = tidy(settings.warehouse, settings.snapshot_days, settings.lock_timeout)
    get_run_logger().info("%s", done)
    return done
