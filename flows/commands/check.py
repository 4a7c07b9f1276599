"""`newsduck check`: run every check over the whole warehouse."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import duckdb
import typer
from rich.console import Console
from rich.table import Table

from flows.commands.options import AsJson, LockTimeout, Warehouse
from flows.commands.screen import screen
from flows.progress import BarReporter
from flows.settings import Settings
from warehouse.check import CheckResult, run_checks, summed
from warehouse.check_loader import all_checks
from warehouse.connect import demand, open_writer, run_lock
from warehouse.memory import bound_memory
from warehouse.migrate import set_up
from warehouse.own_checks import prove_checks
from warehouse.transaction import retried, transaction
from warehouse.update_incidents import write_checks

EPILOG = """Examples:\n
  newsduck check\n
  newsduck check --json | jq '.[] | select(.status == "failed") | .check_name'"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("check", epilog=EPILOG)(check)


def check(
    warehouse: Warehouse = None,
    lock_timeout: LockTimeout = None,
    as_json: AsJson = False,
) -> None:
    """Run every check over the whole warehouse and record the results in meta.checks; exit with 1
    if one of severity fail is broken.

    The next run, or `newsduck alerts send`, notifies the owners.
    """
    chosen = Settings.with_options(warehouse=warehouse, lock_timeout=lock_timeout)
    checks = all_checks(chosen.checks, chosen.checks_folder)
    prove_checks(checks)
    demand(chosen.warehouse)
    say = BarReporter(Console(stderr=True)).say
    with (
        run_lock(chosen.warehouse, chosen.lock_timeout, say),
        open_writer(chosen.warehouse, chosen.lock_timeout, say) as connection,
    ):
        bound_memory(connection)
        set_up(connection)
        results = run_checks(connection, checks=checks)
        record(connection, results)
    results = summed(results)
    if as_json:
        print(json.dumps([as_row(r) for r in results], ensure_ascii=False, indent=1))
    else:
        show(results)
    if any(r.is_stopping for r in results):
        raise typer.Exit(1)


@retried
def record(connection: duckdb.DuckDBPyConnection, results: tuple[CheckResult, ...]) -> None:
    """Write the results of a check of the whole warehouse, and its incidents."""
    run_id = f"check-{datetime.now(UTC):%Y%m%dT%H%M%S.%f}"
    with transaction(connection):
        write_checks(connection, run_id, results, is_whole=True)


def as_row(result: CheckResult) -> dict[str, object]:
    """Return one result as plain values."""
    return {
        "check_name": result.check.name,
        "severity": result.check.severity,
        "scope": result.check.scope,
        "owner": result.check.owner,
        "source_id": result.source_id,
        "dimension": result.dimension,
        "status": result.status,
        "is_passed": None if result.status == "unknown" else result.is_passed,
        "row_count": result.row_count,
        "observed": result.observed,
        "expected": result.expected,
        "cause": result.cause,
        "doc": result.check.doc,
        "runbook": result.check.runbook,
        "examples": list(result.examples),
    }


def show(results: tuple[CheckResult, ...]) -> None:
    """Print the results, the broken checks with their examples."""
    console = screen()
    table = Table("check", "source", "severity", "rows", "what must hold", box=None)
    for r in results:
        style = (
            "green"
            if r.is_passed
            else "dim"
            if not r.is_failed
            else "bold red"
            if r.check.severity == "fail"
            else "yellow"
        )
        place = " ".join(filter(None, (r.source_id, r.dimension))) or r.cause or ""
        rows = "unknown" if r.status == "unknown" else str(r.row_count)
        table.add_row(r.check.name, place, r.check.severity, rows, r.check.doc, style=style)
    console.print(table)
    for r in results:
        for example in r.examples:
            console.print(f"  {r.where}: {json.dumps(example, ensure_ascii=False)}", markup=False)
