"""Opens the warehouse, whichever home it has (`homes/`): a DuckDB file or a DuckLake."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from warehouse.errors import no_warehouse
from warehouse.homes.address import LakeAddress, WarehouseAddress
from warehouse.homes.duckdb_file import published_path
from warehouse.homes.file import FileHome
from warehouse.homes.home import Home, Opened, Say
from warehouse.homes.lake import LakeHome

__all__ = [
    "Home",
    "LakeAddress",
    "Opened",
    "Say",
    "WarehouseAddress",
    "published_path",
]


def home_of(warehouse: WarehouseAddress) -> Home:
    """Return the home of a warehouse."""
    return LakeHome(warehouse) if isinstance(warehouse, LakeAddress) else FileHome(warehouse)


def published(warehouse: WarehouseAddress) -> WarehouseAddress:
    """Return what readers open: the published copy of a file, or the lake itself, whose commits
    publish.
    """
    return warehouse if isinstance(warehouse, LakeAddress) else published_path(warehouse)


def runs_folder(warehouse: WarehouseAddress) -> Path:
    """Return the folder that holds a folder for each run's staged files."""
    return _beside(warehouse, ".runs")


def raw_folder(warehouse: WarehouseAddress) -> Path:
    """Return the folder that holds pages as they were fetched, unless the settings name another."""
    return _beside(warehouse, ".raw")


def _beside(warehouse: WarehouseAddress, ending: str) -> Path:
    stem = home_of(warehouse).stem
    return stem.with_name(stem.name + ending)


def exists(warehouse: WarehouseAddress) -> bool:
    """Whether there is a warehouse at that address."""
    return home_of(warehouse).exists()


def demand(warehouse: WarehouseAddress) -> None:
    """Raise WarehouseError where there is no warehouse yet."""
    if not exists(warehouse):
        raise no_warehouse(warehouse)


def run_lock(warehouse: WarehouseAddress, timeout: float, say: Say) -> AbstractContextManager[None]:
    """Hold the warehouse for one run. Waits up to `timeout` seconds, saying once for whom; then
    raises WarehouseBusyError.
    """
    return home_of(warehouse).run_lock(timeout, say)


def open_writer(warehouse: WarehouseAddress, timeout: float, say: Say) -> Opened:
    """Open the warehouse for writing, making it if there is none. Times are UTC in this session.

    Waits up to `timeout` seconds for another writer, then raises WarehouseBusyError. Raises
    WarehouseError where it cannot be opened.
    """
    return home_of(warehouse).open_writer(timeout, say)


def open_reader(
    warehouse: WarehouseAddress,
    *,
    timeout: float = 0,
    say: Say = lambda _: None,
    as_of: datetime | None = None,
) -> Opened:
    """Open what is published (or a warehouse that nobody writes) read-only, as it stood at `as_of`
    where that is given.

    Raises WarehouseError where there is none, WarehouseBusyError where another process writes it
    for `timeout` seconds.
    """
    return home_of(warehouse).open_reader(timeout, say, as_of)
