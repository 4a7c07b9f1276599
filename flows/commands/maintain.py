"""`newsduck maintain`: tidy a lake now."""

from __future__ import annotations

import typer
from rich.console import Console

from flows.commands.options import LockTimeout, Warehouse
from flows.commands.screen import screen
from flows.progress import BarReporter, report_to
from flows.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("maintain")(maintain)


def maintain(warehouse: Warehouse = None, lock_timeout: LockTimeout = None) -> None:
    """Tidy a DuckLake: join small files, let old snapshots go, delete files that nothing needs.

    Snapshots are old after `snapshot_days`. A DuckDB file needs none of it: it is compacted
    where it is published.
    """
    from flows.steps.maintain import tidy

    chosen = Settings.with_options(warehouse=warehouse, lock_timeout=lock_timeout)
    with report_to(BarReporter(Console(stderr=True))):
        screen().print(tidy(chosen.warehouse, chosen.snapshot_days, chosen.lock_timeout))
