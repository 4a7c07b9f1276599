"""Runs the checks: `.sql` files that return the offending rows, with `-- severity: fail | warn` in their first line.

Checks read articles through the view `checked_articles`, pages through `checked_pages`, and find what hangs on an article by `checked_ids`.
Within a run these hold what the run touched, so that a check costs what is new; `newsduck check` lays them over everything.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import duckdb

from schemas.checks import SEVERITIES
from warehouse.sql import SqlFile, read_folder

EXAMPLES = 5
"""Offending rows kept as examples: enough to see the pattern, few enough to read."""

TOUCHED_IDS = "SELECT article_id FROM winners UNION SELECT article_id FROM replaced"
"""Articles that the run in progress wrote or took away; both tables are made by `merges/`."""

EVERY_ID = " UNION ".join(f"SELECT article_id FROM {table}" for table in ("articles", "quotes", "mentions", "boilerplate"))
"""Every article that is there, or that something says it hangs on."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: `name` is its file's, `doc` what must hold, `query` returns the rows for which it does not."""

    name: str
    severity: str
    doc: str
    query: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found: how many rows offend, and the first few of them by column."""

    check: Check
    row_count: int
    examples: tuple[dict[str, str], ...]

    @property
    def is_passed(self) -> bool:
        """No row offends."""
        return self.row_count == 0


class ChecksFailedError(Exception):
    """A check of severity `fail` found offending rows; `results` holds all results of the round."""

    def __init__(self, results: tuple[CheckResult, ...]) -> None:
        self.results = results
        failed = [r for r in results if not r.is_passed and r.check.severity == "fail"]
        super().__init__(
            "; ".join(f"{r.check.name}: {r.row_count} rows, such as {json.dumps(r.examples[0], ensure_ascii=False)}" for r in failed)
        )


def read_check(file: SqlFile) -> Check:
    """Return the check of one file; raises ValueError where its first line names no severity or the second says nothing."""
    first, *rest = file.head or ("",)
    severity = first.removeprefix("severity:").strip()
    if severity not in SEVERITIES or not first.startswith("severity:") or not rest:
        raise ValueError(
            f"checks/{file.name}.sql must begin with '-- severity: fail' or '-- severity: warn', then a line that says what must hold"
        )
    return Check(file.name, severity, " ".join(rest), file.text.rstrip().rstrip(";"))


def all_checks() -> tuple[Check, ...]:
    """Return the checks that ship, in order of name."""
    return tuple(read_check(file) for file in read_folder("checks"))


def run_checks(connection: duckdb.DuckDBPyConnection, run_id: str | None = None) -> tuple[CheckResult, ...]:
    """Run every check over what `run_id` wrote, or over the whole warehouse; changes nothing but temporary views."""
    where = "" if run_id is None else f"WHERE run_id = '{run_id}'"
    ids = EVERY_ID if run_id is None else TOUCHED_IDS
    connection.execute(f"CREATE OR REPLACE TEMP VIEW checked_articles AS FROM articles {where}")
    connection.execute(f"CREATE OR REPLACE TEMP VIEW checked_pages AS FROM meta.pages {where}")
    connection.execute(f"CREATE OR REPLACE TEMP VIEW checked_ids AS {ids}")
    return tuple(_run(connection, check) for check in all_checks())


def _run(connection: duckdb.DuckDBPyConnection, check: Check) -> CheckResult:
    counted = connection.execute(f"SELECT count(*) FROM ({check.query})").fetchone()
    count = int(counted[0]) if counted else 0
    if not count:
        return CheckResult(check, 0, ())
    found = connection.execute(f"FROM ({check.query}) LIMIT {EXAMPLES}")
    names = [column[0] for column in found.description or []]
    return CheckResult(check, count, tuple({n: str(v)[:200] for n, v in zip(names, row, strict=True)} for row in found.fetchall()))
