"""Proves that the operator's own checks can run, before a run does any work."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from warehouse.check import run_checks
from warehouse.check_loader import Check, OwnCheckError
from warehouse.migrate import migrate


def prove_checks(checks: Iterable[Check]) -> None:
    """Run those of `checks` that are the operator's own once on an empty warehouse in memory.

    Raises OwnCheckError with the file and DuckDB's reason where one cannot run.
    """
    own = [check for check in checks if check.own_file]
    if not own:
        return
    with duckdb.connect() as connection:
        migrate(connection)
        for check in own:
            try:
                run_checks(connection, checks=[check])
            except KeyError as error:
                raise OwnCheckError(
                    f"{check.own_file}: a check that flags needs the setting {error}."
                ) from error
