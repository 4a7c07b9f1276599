"""Tidies the warehouse between runs, holding the run lock."""

from __future__ import annotations

from datetime import timedelta

from flows.progress import reporter
from warehouse.connect import WarehouseAddress, demand, home_of, run_lock


def tidy(warehouse: WarehouseAddress, snapshot_days: float, lock_timeout: float) -> str:
    """Tidy the warehouse, and say what was done; states of the last `snapshot_days` days stay.

    Raises WarehouseError where there is no warehouse or a run holds it for `lock_timeout` seconds.
    """
    demand(warehouse)
    say = reporter().say
    with run_lock(warehouse, lock_timeout, say):
        return home_of(warehouse).tidy(timedelta(days=snapshot_days), lock_timeout, say)
