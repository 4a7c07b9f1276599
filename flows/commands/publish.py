"""`newsduck publish`: make the published copy anew."""

from __future__ import annotations

import typer
from rich.console import Console

from flows.commands.options import LockTimeout, Warehouse
from flows.commands.screen import screen
from flows.progress import BarReporter, report_to, reporter
from flows.settings import Settings
from warehouse.connect import demand, open_writer, run_lock
from warehouse.migrate import migrate
from warehouse.publish import publish as publish_copy


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("publish")(publish)


def publish(warehouse: Warehouse = None, lock_timeout: LockTimeout = None) -> None:
    """Make the published copy anew from the warehouse.

    Each run that loads does this itself, and repairs a copy that is missing or was changed.
    """
    chosen = Settings.with_options(warehouse=warehouse, lock_timeout=lock_timeout)
    demand(chosen.warehouse)
    with report_to(BarReporter(Console(stderr=True))):
        say = reporter().say
        with run_lock(chosen.warehouse, chosen.lock_timeout, say):
            with open_writer(chosen.warehouse, chosen.lock_timeout, say) as connection:
                migrate(connection)
            target = publish_copy(chosen.warehouse, chosen.lock_timeout, say)
    screen().print(f"published as {target}", soft_wrap=True)
