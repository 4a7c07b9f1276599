"""`newsduck incidents`: what is wrong, and what a person does about it."""

from __future__ import annotations

import getpass
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Any, TypeVar

import duckdb
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.alert.compose import reproduce, sparkline
from flows.commands.options import AsJson, LockTimeout, Warehouse
from flows.commands.screen import screen
from flows.progress import BarReporter
from flows.settings import Settings
from warehouse.amounts import amount
from warehouse.connect import demand, open_reader, open_writer, published, run_lock
from warehouse.errors import WarehouseBusyError
from warehouse.incident_actions import handle, list_incidents, read_incident
from warehouse.migrate import check_current, migrate

T = TypeVar("T")

LIST_EPILOG = """Examples:\n
  newsduck incidents list\n
  newsduck incidents list --all --source harbour-courier --json | jq '.[].check_name'"""

SHOW_EPILOG = """Examples:\n
  newsduck incidents show 3f0c2a9d\n
  newsduck incidents show 3f0c2a9d --json"""

ACK_EPILOG = """Examples:\n
  newsduck incidents ack 3f0c2a9d --note "their CMS moves today, I am on it\""""

SNOOZE_EPILOG = """Examples:\n
  newsduck incidents snooze 3f0c2a9d --for 2d\n
  newsduck incidents snooze 3f0c2a9d --for 90m --note "waiting for their answer\""""

RESOLVE_EPILOG = """Examples:\n
  newsduck incidents resolve 3f0c2a9d --note "the feed has moved for good\""""

SPAN = re.compile(r"(\d+)([mhdw])")
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}

Key = Annotated[str, typer.Argument(metavar="ID", help="Its id, or the first characters of it.")]
Note = Annotated[str | None, typer.Option(help="What the next person should know.")]
By = Annotated[str | None, typer.Option(help="Who does it; your login unless given.")]


def register(app: typer.Typer) -> None:
    """Add the verb and its own."""
    verbs = typer.Typer(invoke_without_command=True)
    verbs.callback()(_default)
    verbs.command("list", epilog=LIST_EPILOG)(show_list)
    verbs.command("show", epilog=SHOW_EPILOG)(show)
    verbs.command("ack", epilog=ACK_EPILOG)(acknowledge)
    verbs.command("snooze", epilog=SNOOZE_EPILOG)(snooze)
    verbs.command("resolve", epilog=RESOLVE_EPILOG)(resolve)
    app.add_typer(verbs, name="incidents")


def _default(context: typer.Context, warehouse: Warehouse = None) -> None:
    """Show incidents; acknowledge, snooze or resolve one. Without a verb of its own: list them."""
    if context.invoked_subcommand is None:
        show_list(warehouse)


def show_list(
    warehouse: Warehouse = None,
    is_all: Annotated[bool, typer.Option("--all", help="Those that are over, too.")] = False,
    source: Annotated[str | None, typer.Option(help="Those of one source.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the incidents that are not over, the newest first."""
    rows = _read(
        Settings.with_options(warehouse=warehouse),
        lambda connection: list_incidents(connection, is_all=is_all, source=source),
    )
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
        return
    console = screen()
    if not rows:
        console.print("no incidents")
        return
    table = Table(
        "id",
        "state",
        "severity",
        "check",
        "source",
        "observed",
        "expected",
        "since",
        "by",
        box=None,
    )
    for row in rows:
        state = (
            row["state"]
            + (" (silent)" if row["parent_id"] else "")
            + (" (flapping)" if row["is_flapping"] else "")
        )
        style = (
            "dim"
            if row["state"] in ("pending", "resolved")
            else "bold red"
            if row["severity"] == "fail"
            else "yellow"
        )
        where = " ".join(filter(None, (row["source_id"], row["dimension"])))
        observed = (
            amount(row["row_count"], "rows")
            if row["observed"] is None
            else amount(row["observed"], row["unit"])
        )
        cells = (
            row["incident_id"][:8],
            state,
            row["severity"],
            row["check_name"],
            where,
            observed,
            row["expected"] or "",
        )
        table.add_row(
            *map(escape, cells),
            f"{row['opened_at']:%Y-%m-%d %H:%M}",
            escape(row["handled_by"] or ""),
            style=style,
        )
    console.print(table)


def show(key: Key, warehouse: Warehouse = None, as_json: AsJson = False) -> None:
    """Show one incident: since when, observed and expected, examples, what to do, the SQL that
    shows it.
    """
    row = _read(
        Settings.with_options(warehouse=warehouse),
        lambda connection: read_incident(connection, key),
    )
    if as_json:
        print(json.dumps(row, ensure_ascii=False, indent=1, default=str))
    else:
        _show(screen(), row)


def _show(console: Console, row: dict[str, Any]) -> None:
    def say(name: str, value: object) -> None:
        if value not in (None, ""):
            console.print(f"{name:>12}  {value}", markup=False, soft_wrap=True)

    history = json.loads(row["history"] or "[]")
    console.print(
        f"{row['incident_id']}  {row['fingerprint']}  {row['severity']}  {row['state']}",
        markup=False,
        soft_wrap=True,
    )
    say("should hold", row["doc"])
    say(
        "since",
        f"{row['opened_at']:%Y-%m-%d %H:%M} UTC, {row['failure_count']} failures, run "
        f"{row['opened_run_id']}",
    )
    say(
        "last",
        f"{row['last_failed_at']:%Y-%m-%d %H:%M} UTC, {row['row_count']} rows, run "
        f"{row['last_run_id']}",
    )
    say("over since", f"{row['resolved_at']:%Y-%m-%d %H:%M} UTC" if row["resolved_at"] else None)
    say(
        "observed",
        f"{amount(row['observed'], row['unit'])}  {sparkline(history)}"
        if row["observed"] is not None
        else None,
    )
    say("expected", row["expected"])
    say("cause", row["cause"])
    say("silent", f"follows from {row['parent_id']}" if row["parent_id"] else None)
    say("flapping", "over only after a day without a failure" if row["is_flapping"] else None)
    say(
        "snoozed",
        f"until {row['snooze_ends_at']:%Y-%m-%d %H:%M} UTC" if row["snooze_ends_at"] else None,
    )
    say("by", row["handled_by"])
    say("note", row["note"])
    say("what to do", f"newsduck runbook {row['runbook']}" if row["runbook"] else None)
    for example in json.loads(row["examples"] or "[]"):
        say("example", json.dumps(example, ensure_ascii=False))
    if row["query"]:
        query = reproduce(row["query"], row["check_name"], row["source_id"], row["dimension"], None)
        console.print(query, markup=False, soft_wrap=True)


def acknowledge(
    key: Key,
    note: Note = None,
    by: By = None,
    warehouse: Warehouse = None,
    lock_timeout: LockTimeout = None,
) -> None:
    """Acknowledge an incident: no more reminders; its end is notified."""
    _handle(key, "ack", note, by, warehouse, lock_timeout)


def snooze(
    key: Key,
    lasting: Annotated[
        str, typer.Option("--for", metavar="SPAN", help="How long: 90m, 8h, 2d, 1w.")
    ] = "1d",
    note: Note = None,
    by: By = None,
    warehouse: Warehouse = None,
    lock_timeout: LockTimeout = None,
) -> None:
    """Put off an incident: a reminder comes later; its end is notified."""
    _handle(key, "snooze", note, by, warehouse, lock_timeout, span(lasting))


def resolve(
    key: Key,
    note: Note = None,
    by: By = None,
    warehouse: Warehouse = None,
    lock_timeout: LockTimeout = None,
) -> None:
    """Resolve an incident by hand; a check that still fails opens another."""
    _handle(key, "resolve", note, by, warehouse, lock_timeout)


def span(text: str) -> timedelta:
    """Return how long `90m`, `8h`, `2d` or `1w` is; raises typer.BadParameter where it is none of
    these.
    """
    found = SPAN.fullmatch(text)
    if not found or not int(found.group(1)):
        raise typer.BadParameter(
            f"{text!r} is no span; 90m, 8h, 2d and 1w are.", param_hint="--for"
        )
    return timedelta(**{UNITS[found.group(2)]: int(found.group(1))})


def _handle(
    key: str,
    action: str,
    note: str | None,
    by: str | None,
    warehouse: Warehouse,
    lock_timeout: LockTimeout,
    lasting: timedelta | None = None,
) -> None:
    chosen = Settings.with_options(warehouse=warehouse, lock_timeout=lock_timeout)
    demand(chosen.warehouse)
    say = BarReporter(Console(stderr=True)).say
    with (
        run_lock(chosen.warehouse, chosen.lock_timeout, say),
        open_writer(chosen.warehouse, chosen.lock_timeout, say) as connection,
    ):
        migrate(connection)
        row = handle(connection, key, action, by or getpass.getuser(), note, lasting)
    until = f" until {row['snooze_ends_at']:%Y-%m-%d %H:%M} UTC" if row["snooze_ends_at"] else ""
    screen().print(
        f"{row['incident_id']} {row['fingerprint']} is {row['state']}{until}",
        markup=False,
        soft_wrap=True,
    )


def _read(chosen: Settings, read: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
    """Read the warehouse, or the published copy while it is being written."""
    try:
        with open_reader(chosen.warehouse) as connection:
            check_current(connection)
            return read(connection)
    except WarehouseBusyError:
        with open_reader(published(chosen.warehouse)) as connection:
            check_current(connection)
            return read(connection)
