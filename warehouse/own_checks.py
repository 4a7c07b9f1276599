"""Proves that the operator's own checks can run, before a run does any work."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb

from warehouse.check import run_checks
from warehouse.check_loader import Check, OwnCheckError
from warehouse.migrate import migrate


def prove_checks(checks: Iterable[Check], folder: Path | None) -> None:
    """Run the checks of `folder` once on an empty warehouse in memory.

    Raises OwnCheckError with the file and DuckDB's reason where one cannot run.
    """
    own = {path.stem for path in folder.glob("*.sql")} if folder else set()
    if not own:
        return
    with duckdb.connect() as connection:
        migrate(connection)
        for check in checks:
            if check.name in own:
                _prove(connection, check, folder)


def _prove(connection: duckdb.DuckDBPyConnection, check: Check, folder: Path | None) -> None:
    try:
        run_checks(connection, checks=[check])
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise OwnCheckError(f"{folder}/{check.name}.sql cannot run: {reason}") from error
    except KeyError as error:
        raise OwnCheckError(
            f"{folder}/{check.name}.sql: a check that flags needs the setting {error}."
        ) from error
