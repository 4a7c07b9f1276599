"""Publishes the warehouse to its readers, as its home does it: a file by a copy beside it, a lake
by each commit.
"""

from __future__ import annotations

import duckdb

from warehouse.connect import Say, WarehouseAddress, home_of
from warehouse.homes.home import Load, Prepared, last_load

__all__ = [
    "Load",
    "Prepared",
    "ensure_published",
    "last_load",
    "prepare_publishing",
    "publish",
    "repair_published",
]


def prepare_publishing(
    warehouse: WarehouseAddress,
    connection: duckdb.DuckDBPyConnection,
    load: Load | None,
    say: Say,
    min_seconds: float = 0.0,
) -> Prepared | None:
    """Prepare the warehouse for its copy on an open connection, so that `ensure_published` need not
    open it again. `load` was loaded on `connection`, and the caller closes it next. Returns None
    where `ensure_published` would not publish.
    """
    return home_of(warehouse).prepare_publishing(connection, load, say, min_seconds)


def ensure_published(
    warehouse: WarehouseAddress,
    load: Load | None,
    timeout: float,
    say: Say,
    min_seconds: float = 0.0,
    prepared: Prepared | None = None,
) -> bool:
    """Publish the warehouse unless readers see `load`, its last one (None: there was none); return
    whether it was published.

    What was published less than `min_seconds` ago stays: a later run publishes. `prepared` is what
    `prepare_publishing` gave; nobody wrote the warehouse since. The caller holds the run lock and
    has no connection open. Raises as `publish` does.
    """
    return home_of(warehouse).ensure_published(load, timeout, say, min_seconds, prepared)


def repair_published(warehouse: WarehouseAddress, timeout: float, say: Say) -> bool:
    """Publish anew what is missing or is not what was published; return whether.

    Opens nothing where all is well. The caller holds the run lock.
    """
    return home_of(warehouse).repair_published(timeout, say)


def publish(warehouse: WarehouseAddress, timeout: float, say: Say, *, compact: bool = False) -> str:
    """Publish the warehouse and return what readers open.

    The caller holds the run lock and has closed its connection. Raises WarehouseBusyError where
    another process writes the warehouse for `timeout` seconds. `compact` leaves no deleted row
    anywhere.
    """
    return home_of(warehouse).publish(timeout, say, compact=compact)
