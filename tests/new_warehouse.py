"""A new warehouse: made once and copied, as migrating takes a fifth of a second."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb

from tests.shared import made_once
from warehouse.homes import duckdb_file
from warehouse.migrate import migrate

_try_open = duckdb_file._try_open


def new_warehouse(path: Path) -> Path:
    """Put a new, empty warehouse at `path`, and return the path."""
    path.write_bytes(_content())
    return path


@cache
def _content() -> bytes:
    return (made_once("new_warehouse", _make) / "new.duckdb").read_bytes()


def _make(folder: Path) -> None:
    with duckdb.connect(str(folder / "new.duckdb")) as connection:
        migrate(connection)


def open_or_copy(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection | None:
    """Open a warehouse as `connect` does; one that is not there yet begins as a copy."""
    if not read_only and not path.exists():
        new_warehouse(path)
    return _try_open(path, read_only=read_only)
