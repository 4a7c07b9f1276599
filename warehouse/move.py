"""Copies a warehouse into another home, whole or not at all, and proves that both are equal."""

from __future__ import annotations

import duckdb

from warehouse.connect import Say, WarehouseAddress, demand, home_of, open_writer, run_lock
from warehouse.count_views import COUNT_TABLES
from warehouse.errors import WarehouseError
from warehouse.migrate import migrate
from warehouse.publish import publish
from warehouse.transaction import transaction

FORMER = "former"
"""What the warehouse that is copied is called in the session."""

NOT_COPIED = ("meta.search_documents", *COUNT_TABLES)
"""What is made anew where it is needed: what is in the full-text index of a file, and the counted
rows of views, which publishing a file and `newsduck maintain` of a lake count.
"""

TABLES = """
    SELECT schema_name || '.' || table_name, list(column_name ORDER BY column_name)
    FROM duckdb_columns() JOIN duckdb_tables() USING (database_name, schema_name, table_name)
    WHERE database_name = current_database() AND schema_name IN ('main', 'meta')
    GROUP BY ALL ORDER BY ALL
"""


def move(
    source: WarehouseAddress, target: WarehouseAddress, timeout: float, say: Say
) -> dict[str, int]:
    """Copy `source` into `target`, which holds nothing yet; return the rows of each table.

    Both are held as by a run; `source` gets the present layout and stays as it is otherwise. Raises
    WarehouseError where `target` holds runs already, where a layout is newer than this newsduck
    knows, or where a table differs afterwards; then `target` is empty as before.
    """
    demand(source)
    with run_lock(source, timeout, say), run_lock(target, timeout, say):
        with open_writer(source, timeout, say) as connection:
            migrate(connection)
        with open_writer(target, timeout, say) as connection:
            migrate(connection)
            if connection.execute("SELECT 1 FROM meta.runs LIMIT 1").fetchone():
                raise WarehouseError(f"{target} holds a warehouse already; nothing was copied.")
            with home_of(source).attached(connection, FORMER, timeout, say):
                copied = _copy(connection, target)
        publish(target, timeout, say)
    return copied


def _copy(connection: duckdb.DuckDBPyConnection, target: WarehouseAddress) -> dict[str, int]:
    copied: dict[str, int] = {}
    with transaction(connection):
        for table, columns in connection.execute(TABLES).fetchall():
            if table in NOT_COPIED:
                continue
            names = ", ".join(f'"{name}"' for name in columns)
            former = f"SELECT {names} FROM {FORMER}.{table}"
            wanted = _facts(connection, former)
            # most tables are empty in both
            if wanted[0] or connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():
                connection.execute(f"DELETE FROM {table}")
                connection.execute(f"INSERT INTO {table} BY NAME {former}")
                found = _facts(connection, f"SELECT {names} FROM {table}")
                if found != wanted:
                    raise WarehouseError(
                        f"{table} of {target} is not what was copied ({wanted[0]} and {found[0]} "
                        "rows); nothing was copied."
                    )
            copied[table] = wanted[0]
    return copied


def _facts(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, int]:
    """Return the number of rows and a sum over their values, whatever their order."""
    found = connection.execute(
        f"SELECT count(*), coalesce(sum(hash(t)::HUGEINT), 0) FROM ({query}) AS t"
    ).fetchone()
    assert found is not None
    return int(found[0]), int(found[1])
