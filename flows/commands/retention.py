"""`newsduck retention`: take away what is older than the settings keep it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from flows.commands.options import LockTimeout, Warehouse
from flows.commands.screen import screen
from flows.progress import BarReporter
from flows.settings import Settings

EPILOG = """Examples:\n
  newsduck retention --dry-run\n
  NEWSDUCK_RETENTION__RAW_DAYS=180 newsduck retention"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("retention", epilog=EPILOG)(retention)


def retention(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would go; change nothing.")
    ] = False,
    warehouse: Warehouse = None,
    lock_timeout: LockTimeout = None,
) -> None:
    """Erase articles and delete rows, raw pages and run folders that are older than the section
    retention of newsduck.toml keeps them.

    `newsduck serve` does this every night.
    """
    from flows.steps.request import Request
    from flows.steps.retention import retain

    chosen = Settings.with_options(warehouse=warehouse, lock_timeout=lock_timeout)
    request, say = Request.of((), chosen), BarReporter(Console(stderr=True)).say
    gone = retain(request, chosen.retention, datetime.now(UTC), say, dry_run=dry_run)
    for row in gone.table():
        screen().print(f"{'would go' if dry_run else 'gone'}: {row['count']} {row['what']}")
