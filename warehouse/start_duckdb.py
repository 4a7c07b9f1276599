"""Opens DuckDB for a warehouse, with the settings that all such sessions share.

DuckDB checks the signature of an extension each time it loads it: 0.05 s for full-text search,
0.15 s for DuckLake. Our extensions come from Python packages, as DuckDB itself does, and pip has
checked both. So this check is off. In return DuckDB loads and fetches no extension by itself: only
what `extensions.py` names is loaded.
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
