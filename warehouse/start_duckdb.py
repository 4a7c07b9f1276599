"""Opens DuckDB for a warehouse, with the settings that all such sessions share.

DuckDB checks the signature of an extension each time it loads it: 0.05 s for full-text search,
0.15 s for DuckLake. Our extensions come from Python packages, as DuckDB itself does, and pip has
checked both. So this check is off. In return DuckDB loads and fetches no extension by itself: only
what `extensions.py` names is loaded.

Where a warehouse is small, planning a statement takes DuckDB longer than running it, and so does
handing the work to threads. `fit_to_size` turns off what pays on large tables alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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
    """Open a DuckDB file, or a database in memory. Raises duckdb.Error as DuckDB does.

    The progress bar is off: DuckDB would draw it on the standard output, where the answer of
    `newsduck sql` goes, and also into a file or a pipe.
    """
    connection = duckdb.connect(str(database), read_only=read_only, config=CONFIG)
    connection.execute("SET enable_progress_bar = false")
    return connection


MAX_SMALL = 2_000
"""Articles up to which a warehouse is small."""

SMALL = "SET threads = 1; SET disabled_optimizers = 'join_order,statistics_propagation'"
"""The order of joins is that in which our statements name the tables. Both optimizers ask for the
statistics of all columns, which a lake reads from its catalog each time.
"""


def fit_to_size(connection: duckdb.DuckDBPyConnection, coming_count: int = 0) -> None:
    """Set a session on a migrated warehouse up for its size, with `coming_count` more articles."""
    found = connection.execute("SELECT count(*) FROM articles").fetchone()
    if found and found[0] + coming_count <= MAX_SMALL:
        connection.execute(SMALL)


@contextmanager
def planned_in_full(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Use all optimizers in the block. They stay in use where an error leaves it."""
    found = connection.execute("SELECT current_setting('disabled_optimizers')").fetchall()
    connection.execute("SET disabled_optimizers = ''")
    yield
    connection.execute(f"SET disabled_optimizers = '{found[0][0]}'")
