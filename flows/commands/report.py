"""`newsduck report`: one page that shows how things stand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.acquire.sources import read_sources
from flows.commands.monitor import SourcesFile
from flows.commands.options import Warehouse
from flows.commands.out_file import out_file
from flows.commands.screen import screen
from flows.settings import Settings
from warehouse.connect import home_of

EPILOG = """Examples:\n
  newsduck report\n
  newsduck report -o /srv/www/news.html --sources sources.yml\n
  newsduck report --days 7 -w news.duckdb -o week.html"""

MAX_DAYS = 56
"""Days that a page may span: what is usual is learned from as many."""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("report", epilog=EPILOG)(report)


def report(
    out: Annotated[Path, typer.Option("--out", "-o", help="The HTML file to write.")] = Path(
        "newsduck-report.html"
    ),
    warehouse: Warehouse = None,
    days: Annotated[
        int, typer.Option(help="Days to show, today the last of them.", min=1, max=MAX_DAYS)
    ] = 28,
    sources: SourcesFile = None,
) -> None:
    """Write one HTML page, whole in itself: sources by health, articles a day, outcomes, what was
    stripped, quarantine, incidents, hosts.

    Reads the published copy, so that an ingest may be running meanwhile; changes nothing.
    """
    settings = Settings.with_options(warehouse=warehouse, sources=sources)
    from flows.report.page import render
    from flows.report.read import read_report

    listed = read_sources(settings.sources) if settings.sources else ()
    with out_file(out, home_of(settings.warehouse).files()) as file:
        found = read_report(settings.warehouse, settings.monitor, datetime.now(UTC), days, listed)
        file.write(render(found))
    health = found.health
    troubled = len(health.in_state("failing", "late", "warned"))
    screen().print(
        f"{out}: {len(health.sources)} sources, {troubled} of them not well; "
        f"{len(health.open_incidents)} open incidents.",
        markup=False,
        soft_wrap=True,
    )
