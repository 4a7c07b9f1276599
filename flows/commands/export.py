"""`newsduck export`: the published tables as Parquet or CSV files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from flows.commands.options import Warehouse
from flows.commands.screen import screen
from flows.progress import BarReporter, report_to, reporter
from flows.settings import Settings
from warehouse.connect import open_reader, published
from warehouse.export import Format, export_tables
from warehouse.migrate import check_readable

EPILOG = """Examples:\n
  newsduck export tables/\n
  newsduck export tables/ --format csv --since 2026-11-01\n
  newsduck export tables/ --table articles --table top_speakers"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("export", epilog=EPILOG)(export)


def export(
    folder: Annotated[
        Path, typer.Argument(help="A new folder, or an earlier export to replace.", file_okay=False)
    ],
    file_format: Annotated[
        Format, typer.Option("--format", help="Parquet keeps types; CSV has lists as JSON.")
    ] = "parquet",
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"],
            help="Only articles fetched since (UTC), with their quotes, mentions and so on.",
        ),
    ] = None,
    table: Annotated[
        list[str] | None,
        typer.Option(help="Only this table or view; may be given several times."),
    ] = None,
    warehouse: Warehouse = None,
) -> None:
    """Write the published tables as files, one a table, and a manifest of schema and counts."""
    path = published(Settings.with_options(warehouse=warehouse).warehouse)
    moment = since.replace(tzinfo=UTC) if since else None
    shown = Table("file", "rows", "columns", box=None)
    with open_reader(path) as connection, report_to(BarReporter(Console(stderr=True))):
        check_readable(connection)
        reporter().step("writing tables")
        for written in export_tables(connection, folder, file_format, table or (), moment):
            shown.add_row(written.file, f"{written.row_count:,}", str(len(written.columns)))
            reporter().page()
    screen().print(shown)
    screen().print(f"{folder / 'manifest.json'}: schema and counts", markup=False, soft_wrap=True)
