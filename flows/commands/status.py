"""`newsduck status`: what the warehouse holds, how the last runs ended, and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import duckdb
import typer
from rich.console import Console
from rich.table import Table

from flows.commands.options import Warehouse
from flows.commands.screen import screen
from flows.settings import Settings
from warehouse.connect import open_reader, published
from warehouse.errors import WarehouseBusyError
from warehouse.joined_views import JOINED
from warehouse.migrate import check_current

TABLES = """
    SELECT concat_ws('.', nullif(schema_name, 'main'), table_name), comment
    FROM (
        SELECT schema_name, table_name, comment, table_oid AS place FROM duckdb_tables()
        UNION ALL
        SELECT schema_name, view_name, split_part(comment, chr(10), 1), view_oid FROM duckdb_views()
        WHERE list_contains(?::VARCHAR[], view_name))
    WHERE comment IS NOT NULL
    ORDER BY schema_name <> 'main', place
"""
"""The warehouse's tables, and views that stand for tables, with what one row is, the analyst's
first. A warehouse describes itself: importing the contracts would take longer than all the rest.
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("status")(status)


def status(
    warehouse: Warehouse = None,
    runs: Annotated[int, typer.Option(help="How many runs to show.")] = 5,
) -> None:
    """Show the warehouse's tables, its last runs, hosts that are left alone and open incidents."""
    path = Settings.with_options(warehouse=warehouse).warehouse
    console = screen()
    try:
        with open_reader(path) as connection:
            console.print(
                f"{path}, layout {check_current(connection)}; readers open {published(path)}"
            )
            _show(console, connection, runs)
    except WarehouseBusyError:
        with open_reader(published(path)) as connection:
            console.print(
                f"{path} is being written; this is the published copy, layout "
                f"{check_current(connection)}"
            )
            _show(console, connection, runs)


def _show(console: Console, connection: duckdb.DuckDBPyConnection, runs: int) -> None:
    tables = [
        (name, connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0], doc)
        for name, doc in connection.execute(TABLES, [list(JOINED)]).fetchall()
    ]
    _print(console, "tables", ("table", "rows", "one row is"), tables)
    last = connection.execute(
        "SELECT run_id, state, page_count, loaded_count, unchanged_count, duplicate_count, "
        "rejected_count, "
        "round(epoch(ended_at - started_at), 1) FROM meta.runs ORDER BY load_number DESC LIMIT ?",
        [runs],
    ).fetchall()
    _print(
        console,
        "last runs",
        ("run", "state", "pages", "loaded", "unchanged", "duplicate", "rejected", "seconds"),
        last,
    )
    resting = connection.execute(
        "SELECT host, failure_count, left_alone_until_at FROM meta.hosts WHERE "
        "left_alone_until_at > now() ORDER BY host"
    ).fetchall()
    if resting:
        _print(console, "hosts left alone", ("host", "failures in a row", "until"), resting)
    wrong = connection.execute(
        "SELECT incident_id, check_name, concat_ws(' ', source_id, dimension), severity, state, "
        "row_count, opened_at "
        "FROM meta.incidents WHERE state NOT IN ('pending', 'resolved') AND parent_id IS NULL "
        "ORDER BY opened_at"
    ).fetchall()
    _print(
        console,
        "open incidents",
        ("incident", "check", "source", "severity", "state", "rows", "since"),
        wrong,
    )


def _print(
    console: Console, title: str, names: tuple[str, ...], rows: Sequence[tuple[object, ...]]
) -> None:
    console.print()
    if not rows:
        console.print(f"no {title}")
        return
    table = Table(*names, title=title, title_justify="left", box=None)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    console.print(table)
