"""Starts DuckDB for a warehouse: how every session of ours begins.

DuckDB checks the signature of an extension whenever it loads it: that takes 0.05 s for full-text
search and 0.15 s for DuckLake, in each session. Ours come from Python packages, as DuckDB itself
does, and pip has checked both. So the signature is not checked again, and in return nothing is
loaded that a session of ours did not name (`extensions.py`), and nothing is fetched.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "allow_unsigned_extensions": True,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def start_duckdb(
    database: Path | str = ":memory:", *, read_only: bool = False
) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file, or a database in memory. Raises duckdb.Error as DuckDB does."""
    return duckdb.connect(str(database), read_only=read_only, config=CONFIG)
