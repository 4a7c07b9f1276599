"""`newsduck move`: copy the warehouse into another home."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from flows.commands.options import LockTimeout, Warehouse
from flows.commands.screen import screen
from flows.progress import BarReporter, report_to, reporter
from flows.settings import Settings
from warehouse.connect import raw_folder
from warehouse.move import move as copy_over

EPILOG = """Examples:\n
  newsduck move --to ducklake:news.ducklake\n
  NEWSDUCK_DATA_PATH=s3://news/lake newsduck move --to "ducklake:postgres:dbname=news host=db"\n
  newsduck move --warehouse ducklake:news.ducklake --to news.duckdb"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("move", epilog=EPILOG)(move)


def move(
    to: Annotated[
        str, typer.Option("--to", metavar="FILE", help="Where to: a DuckDB file or a DuckLake.")
    ],
    warehouse: Warehouse = None,
    lock_timeout: LockTimeout = None,
) -> None:
    """Copy the warehouse into another home, a DuckDB file or a DuckLake, and check that every
    table is equal.

    The former one stays as it is: name the new one in the settings, and delete the former later.
    """
    chosen = Settings.with_options(warehouse=warehouse, lock_timeout=lock_timeout)
    target = Settings.with_options(warehouse=to).warehouse
    with report_to(BarReporter(Console(stderr=True))):
        copied = copy_over(chosen.warehouse, target, chosen.lock_timeout, reporter().say)
    console = screen()
    console.print(
        f"{len(copied)} tables with {sum(copied.values())} rows are in {target}, equal to those of "
        f"{chosen.warehouse}.",
        soft_wrap=True,
    )
    if chosen.raw_store is None and raw_folder(chosen.warehouse).is_dir():
        console.print(
            f"Pages as fetched stay in {raw_folder(chosen.warehouse)}: set raw_store to it.",
            soft_wrap=True,
        )
