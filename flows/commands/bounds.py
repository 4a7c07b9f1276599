"""`newsduck bounds suggest`: bounds for sources.yml, learned from healthy days."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from flows.commands.options import Warehouse
from flows.commands.screen import screen
from flows.settings import Settings
from warehouse.connect import open_reader, published

EPILOG = """Examples:\n
  newsduck bounds suggest\n
  newsduck bounds suggest --source harbour-courier"""


def register(app: typer.Typer) -> None:
    """Add the verb and its own one."""
    verbs = typer.Typer(
        no_args_is_help=True, help="Propose the fewest and most articles a day of sources."
    )
    verbs.command("suggest", epilog=EPILOG)(suggest)
    verbs.callback()(lambda: None)
    app.add_typer(verbs, name="bounds")


def suggest(
    source: Annotated[str | None, typer.Option("--source", help="Only this source.")] = None,
    warehouse: Warehouse = None,
) -> None:
    """Print `bounds` for each source, for sources.yml: below the minimum a run is not published,
    above the maximum a message is sent.

    Learned from the last eight weeks without the days inside incidents.
    """
    path = published(Settings.with_options(warehouse=warehouse).warehouse)
    from flows.steps.source_history import full_hour, read_sources_past
    from flows.watch.bounds import propose
    from flows.watch.verdicts import outlooks

    with open_reader(path) as connection:
        sources = read_sources_past(connection, full_hour(datetime.now(UTC)))
    console = screen()
    for outlook in outlooks([s for s in sources if source in (None, s.counts.source_id)]):
        found = propose(outlook)
        if found is None:
            console.print(f"# {outlook.source.counts.source_id}: too little history yet")
            continue
        least = f"min_articles_a_day: {found.least}, " if found.least else ""
        console.print(f"- id: {found.source_id}    # from {found.day_count:.0f} days")
        console.print(f"  bounds: {{{least}max_articles_a_day: {found.most}}}", markup=False)
