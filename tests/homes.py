"""The homes of warehouses that tests run in: a DuckDB file, and lakes with both kinds of catalog.

A new lake with a catalog file begins as a copy of one that is made once: laying it takes 0.6 s.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import duckdb
import pytest

from tests.shared import made_once
from warehouse.connect import LakeAddress, WarehouseAddress
from warehouse.homes.home import Say
from warehouse.homes.lake import LakeHome
from warehouse.move import move

HomeIn = Callable[[Path], WarehouseAddress]
"""Returns the address of a warehouse that is to be made in a folder."""

both_homes = pytest.mark.homes("file", "lake")
"""Runs a test in a DuckDB file and in a lake with a catalog file."""

in_lake = pytest.mark.homes("lake")
"""Runs a test in a lake alone: other tests do much the same in a file."""

_open_writer = LakeHome.open_writer


def file_in(folder: Path) -> WarehouseAddress:
    """Name a DuckDB file in `folder`."""
    return folder / "w.duckdb"


def lake_in(folder: Path) -> LakeAddress:
    """Name a lake in `folder`, its catalog a file."""
    return LakeAddress(str(folder / "w.ducklake"))


def held_in(home: HomeIn, in_file: WarehouseAddress, folder: Path) -> WarehouseAddress:
    """Return a warehouse of `home` that holds what a DuckDB file holds: the file itself, or a lake
    in `folder` that it is moved into, which costs less than a run in a lake.
    """
    if home is file_in:
        return in_file
    lake = home(folder)
    move(in_file, lake, 5, print)
    return lake


def copy_of(warehouse: WarehouseAddress, folder: Path) -> WarehouseAddress:
    """Copy a warehouse of `file_in` or `lake_in`, with what is published of it, into `folder`."""
    if isinstance(warehouse, LakeAddress):
        source = Path(warehouse.catalog).parent
        shutil.copytree(source / "w.data", folder / "w.data")
        shutil.copy(source / "w.ducklake", folder)
        return _settled(lake_in(folder))
    for file in warehouse.parent.glob("w.*duckdb"):
        shutil.copy(file, folder)
    return folder / warehouse.name


def _settled(lake: LakeAddress) -> LakeAddress:
    """Let the catalog of a copied lake name the folder of the copy."""
    with duckdb.connect(lake.catalog) as catalog:
        catalog.execute(
            "UPDATE ducklake_metadata SET value = ? WHERE key = 'data_path'",
            [f"{Path(lake.catalog).with_name('w.data')}/"],
        )
    return lake


@cache
def _empty_lake() -> dict[Path, bytes]:
    """Return the files of a lake that has the present layout and no rows."""
    folder = made_once("empty_lake", _lay)
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {file.relative_to(folder): file.read_bytes() for file in files}


def _lay(folder: Path) -> None:
    with _open_writer(LakeHome(lake_in(folder)), 5, print):
        pass


@contextmanager
def open_or_copy_lake(
    home: LakeHome, timeout: float, say: Say
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a lake for writing; a new one that has the name of `lake_in` begins as a copy."""
    folder = Path(home.address.catalog).parent
    if home.address == lake_in(folder) and not home.exists():
        for name, content in _empty_lake().items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        _settled(home.address)
    with _open_writer(home, timeout, say) as connection:
        yield connection
