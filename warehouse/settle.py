"""Writes what checks found and settles the incidents that follow, in the caller's transaction; the statements stand in `incidents/`.

SQL checks and monitors written in Python come here alike: what they found is a `CheckResult`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime

import duckdb

from schemas import CHECKS
from warehouse.check import CheckResult, summed
from warehouse.sql import read_folder

ROUND = {
    "check_name": "VARCHAR",
    "severity": "VARCHAR",
    "source_id": "VARCHAR",
    "dimension": "VARCHAR",
    "is_passed": "BOOLEAN",
    "row_count": "BIGINT",
}
"""Columns of `round_results`, which `incidents/` reads: all that one round found, passes included; `is_passed` is null for unknown."""


def write_checks(connection: duckdb.DuckDBPyConnection, run_id: str, results: tuple[CheckResult, ...], now: datetime | None = None) -> None:
    """Write what is worth keeping of `results` into `meta.checks`, and open, keep or resolve the incidents that follow from all of them.

    `results` are one round: what was found at one time, each source and dimension of a check at most once. A source that a round says
    nothing of is unknown: its incidents stay as they are. `now` is the time of the round (UTC); the clock's unless given.
    """
    moment = now or datetime.now(UTC)
    for r in summed(results):
        _insert(connection, CHECKS.name, _row(run_id, r, moment))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE round_results ({', '.join(f'{n} {t}' for n, t in ROUND.items())})")
    columns = zip(*(_fact(r) for r in results), strict=True)
    if results:
        lists = ", ".join(f"unnest(?::{kind}[])" for kind in ROUND.values())
        connection.execute(f"INSERT INTO round_results SELECT {lists}", [list(column) for column in columns])
    connection.execute("SET VARIABLE run_id = ?", [run_id])
    connection.execute("SET VARIABLE now = ?", [moment])
    for file in read_folder("incidents"):
        connection.execute(file.text)


def _verdict(result: CheckResult) -> bool | None:
    return None if result.status == "unknown" else result.is_passed


def _row(run_id: str, r: CheckResult, now: datetime) -> list[object]:
    examples = json.dumps(r.examples, ensure_ascii=False)
    history = json.dumps(r.history) if r.history else None
    first = (run_id, r.check.name, r.check.severity, _verdict(r), r.row_count, examples, now)
    return [*first, r.source_id, r.dimension, r.observed, r.expected, history, r.cause]


def _fact(r: CheckResult) -> Iterable[object]:
    return (r.check.name, r.check.severity, r.source_id, r.dimension, _verdict(r), r.row_count)


def _insert(connection: duckdb.DuckDBPyConnection, table: str, row: list[object]) -> None:
    connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
