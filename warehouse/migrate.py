"""Migrates a warehouse: numbered `.sql` files, each applied once, in order, in one transaction;
then the views.

A released migration is never edited; a new one is added. `describe.py` writes the comments.
"""

from __future__ import annotations

from importlib.metadata import version

import duckdb

from warehouse.describe import describe
from warehouse.errors import NewerWarehouseError, WarehouseError
from warehouse.sql import SqlFile, is_lake, quoted, read_folder
from warehouse.start_duckdb import fit_to_size
from warehouse.transaction import transaction

MIGRATIONS_TABLE = "meta.migrations"
"""The name of the contract MIGRATIONS. `schemas` is imported only where a warehouse is made: it
takes 0.4 s, and every reader asks for the layout.
"""

UNCOMPRESSED = " USING COMPRESSION uncompressed"
"""What only a DuckDB file can be told of a column; a DuckLake refuses it."""


def steps() -> tuple[tuple[int, SqlFile], ...]:
    """Return the migrations with their numbers, in order."""
    return tuple((int(file.name.split("_", 1)[0]), file) for file in read_folder("migrations"))


def layout_version(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the number of the last migration applied; 0 for an empty file.

    Raises WarehouseError where the file holds tables that are not newsduck's.
    """
    return max(_applied(connection), default=0)


def _applied(connection: duckdb.DuckDBPyConnection) -> set[int]:
    """Return the numbers of the applied migrations: a branch that was merged later may have added a
    lower number.
    """
    try:
        found = connection.execute(f"SELECT version FROM {MIGRATIONS_TABLE}").fetchall()
    except duckdb.CatalogException:  # a list of all tables takes a lake 0.04 s: only where needed
        if connection.execute("SELECT 1 FROM duckdb_tables() LIMIT 1").fetchone():
            raise WarehouseError(
                "this DuckDB file holds tables that are not newsduck's; name another file with "
                "--warehouse."
            ) from None
        return set()
    return {number for (number,) in found}


def check_readable(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the layout's version; raises NewerWarehouseError where this version of newsduck is too
    old for it.
    """
    present = layout_version(connection)
    _refuse_newer(present)
    return present


def _refuse_newer(present: int) -> None:
    known = steps()[-1][0]
    if present > known:
        raise NewerWarehouseError(
            f"this warehouse has layout {present}, newer than the {known} that newsduck "
            f"{version('newsduck')} knows. "
            "Upgrade newsduck; nothing was changed."
        )


def check_current(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the layout's version; raises WarehouseError where it is older or newer than that of
    this newsduck.
    """
    present, known = check_readable(connection), steps()[-1][0]
    if present < known:
        raise WarehouseError(
            f"this warehouse has layout {present}, older than the {known} of this newsduck: "
            "`newsduck check` brings the warehouse up "
            "to it, the next `newsduck ingest` its published copy."
        )
    return present


def migrate(connection: duckdb.DuckDBPyConnection, *, for_lake: bool = False) -> int:
    """Apply the missing migrations and create the views again; return how many were applied. All or
    nothing. `for_lake` says that a lake takes the layout over.

    Raises NewerWarehouseError and WarehouseError as `check_readable` does.
    """
    applied = _applied(connection)
    _refuse_newer(max(applied, default=0))
    missing = [(number, file) for number, file in steps() if number not in applied]
    if not missing:
        return 0
    program = version("newsduck")
    for_lake = for_lake or is_lake(connection)
    with transaction(connection):
        for _, file in missing:
            connection.execute(file.text.replace(UNCOMPRESSED, "") if for_lake else file.text)
        rows = [
            f"({number}, {quoted(file.name)}, now(), {quoted(program)})" for number, file in missing
        ]
        connection.execute(f"INSERT INTO {MIGRATIONS_TABLE} VALUES {', '.join(rows)}")
        for view in (*read_folder("joined"), *read_folder("views")):
            connection.execute(view.text)
        describe(connection)
    return len(missing)


def set_up(connection: duckdb.DuckDBPyConnection) -> None:
    """Migrate the warehouse, and fit the session to its size. Raises as `migrate` does."""
    migrate(connection)
    fit_to_size(connection)
