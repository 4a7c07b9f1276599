"""Writes the results of checks and updates the incidents that follow, in the caller's transaction.
The statements are in `incidents/`.

SQL checks and monitors written in Python give the same `CheckResult`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import duckdb

from schemas import CHECKS
from warehouse.check import CheckResult, summed
from warehouse.sql import insert_rows, read_folder

ROUND = {
    "check_name": "VARCHAR",
    "severity": "VARCHAR",
    "source_id": "VARCHAR",
    "dimension": "VARCHAR",
    "is_passed": "BOOLEAN",
    "row_count": "BIGINT",
    "owner": "VARCHAR",
    "doc": "VARCHAR",
    "runbook": "VARCHAR",
    "query": "VARCHAR",
    "observed": "DOUBLE",
    "expected": "VARCHAR",
    "history": "JSON",
    "examples": "JSON",
    "cause": "VARCHAR",
    "unit": "VARCHAR",
}
"""Columns of `round_results`, which `incidents/` reads: all results of one round, passes included;
`is_passed` is null for unknown.
"""


def write_checks(
    connection: duckdb.DuckDBPyConnection,
    run_id: str,
    results: tuple[CheckResult, ...],
    now: datetime | None = None,
    *,
    is_whole: bool = False,
) -> None:
    """Write what is worth keeping of `results` into `meta.checks`, and open, keep or resolve the
    incidents that follow from all of them.

    `results` are one round: what was found at one time, each source and dimension of a check at
    most once. A source that a round says nothing of is unknown: its incidents stay as they are.
    `now` is the time of the round (UTC); the clock's unless given. `is_whole` says that row and
    batch checks judged the whole warehouse and not what a run brought; see `at_rest`.
    """
    moment = now or datetime.now(UTC)
    insert_rows(connection, CHECKS.name, [_row(run_id, r, moment) for r in summed(results)])
    update_incidents(connection, run_id, at_rest(results) if is_whole else results, moment)


def at_rest(results: tuple[CheckResult, ...]) -> tuple[CheckResult, ...]:
    """Return what a round over the whole warehouse says of incidents; each run updates the
    incidents of its own rows.

    Rows that a run brought and rows that were already there are different troubles. Rows that were
    already there get an incident of their own (`NAME at rest`). Warnings stay true of old rows for
    ever, so they open none.
    """
    kept = (
        r for r in results if r.check.scope in ("table", "source") or r.check.severity == "fail"
    )
    return tuple(
        r
        if r.check.scope in ("table", "source")
        else replace(r, check=replace(r.check, name=f"{r.check.name} at rest"))
        for r in kept
    )


def update_incidents(
    connection: duckdb.DuckDBPyConnection,
    run_id: str,
    results: tuple[CheckResult, ...],
    now: datetime,
) -> None:
    """Update `meta.incidents` and the outbox by `results`. Without results only what is due by now
    is done: snoozes, reminders.

    Where nothing failed and nothing was wrong before, there is nothing to update.
    """
    if not any(result.is_failed for result in results) and not _has_work(connection, now):
        return
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE round_results "
        f"({', '.join(f'{n} {t}' for n, t in ROUND.items())})"
    )
    insert_rows(connection, "round_results", [_fact(r) for r in results])
    connection.execute("SET VARIABLE run_id = ?", [run_id])
    connection.execute("SET VARIABLE now = ?", [now])
    for file in read_folder("incidents"):
        connection.execute(file.text)


def _has_work(connection: duckdb.DuckDBPyConnection, now: datetime) -> bool:
    """Return whether an incident is not over, or was ended just now, which is not told yet."""
    return bool(
        connection.execute(
            "SELECT 1 FROM meta.incidents WHERE state <> 'resolved' OR resolved_at = ? LIMIT 1",
            [now],
        ).fetchall()
    )


def _verdict(result: CheckResult) -> bool | None:
    return None if result.status == "unknown" else result.is_passed


def _row(run_id: str, r: CheckResult, now: datetime) -> list[object]:
    examples = json.dumps(r.examples, ensure_ascii=False)
    history = json.dumps(_finite(r.history)) if r.history else None
    first = (run_id, r.check.name, r.check.severity, _verdict(r), r.row_count, examples, now)
    return [*first, r.source_id, r.dimension, *_finite([r.observed]), r.expected, history, r.cause]


def _fact(r: CheckResult) -> tuple[object, ...]:
    check = r.check
    if not r.is_failed:
        return (
            check.name,
            check.severity,
            r.source_id,
            r.dimension,
            _verdict(r),
            0,
            check.owner,
            *[None] * 9,
        )
    told = (check.owner, check.doc, check.runbook or None, r.sql or check.query or None)
    found = (
        *_finite([r.observed]),
        r.expected,
        _finite(r.history) or None,
        r.examples or None,
        r.cause,
        check.unit,
    )
    return (check.name, check.severity, r.source_id, r.dimension, False, r.row_count, *told, *found)


def _finite(values: Iterable[float | None]) -> list[float | None]:
    """Return the numbers that JSON can hold; the others as None."""
    return [v if v is not None and math.isfinite(v) else None for v in values]
