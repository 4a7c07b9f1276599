"""`newsduck ingest`: run the ingest flow now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from flows.commands.options import (
    Aliases,
    LockTimeout,
    Prefect,
    Recogniser,
    Rules,
    Warehouse,
    prefect_secret,
    prefect_setting,
    uses_prefect,
)
from flows.commands.screen import screen
from flows.commands.verbs import seconds_since_call
from flows.config.errors import InputError
from flows.progress import BarReporter, report_to
from flows.settings import Settings
from flows.steps import ingest as steps
from flows.steps.direct import ingest_directly
from flows.steps.request import Request
from flows.steps.run_summary import Summary
from warehouse.connect import WarehouseAddress, published

EPILOG = """Examples:\n
  newsduck ingest pages/ --sources sources.yml\n
  newsduck ingest 'archive/2026-*/*.html.gz' --warehouse news.duckdb\n
  newsduck ingest manifest.jsonl archive.warc.gz\n
  newsduck ingest https://harbourcourier.example/rss.xml"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("ingest", epilog=EPILOG)(ingest)


def ingest(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH_OR_URL...",
            help="Pages, folders, globs, manifests (.jsonl), WARC files; "
            "addresses of pages, feeds and sitemaps.",
            show_default=False,
        ),
    ] = None,
    sources: Annotated[
        Path | None,
        typer.Option(help="sources.yml; without PATH_OR_URL what it lists is ingested."),
    ] = None,
    warehouse: Warehouse = None,
    lock_timeout: LockTimeout = None,
    batch_size: Annotated[
        int | None, typer.Option(help="Most pages a batch; 200 unless set.")
    ] = None,
    rules: Rules = None,
    aliases: Aliases = None,
    recogniser: Recogniser = None,
    workers: Annotated[
        int | None, typer.Option(help="Worker processes; one a core unless set.")
    ] = None,
    allow_outside: Annotated[
        bool | None,
        typer.Option(
            "--allow-outside",
            help="Read the files that a manifest names outside its own folder too.",
        ),
    ] = None,
    prefect: Prefect = None,
) -> None:
    """Clean, annotate, check and load pages, then publish the warehouse for readers.

    Pages that are known and unchanged are not processed again.
    """
    chosen = Settings.with_options(
        sources=sources,
        rules=rules,
        aliases=aliases,
        recogniser=recogniser,
        warehouse=warehouse,
        lock_timeout=lock_timeout,
        batch_size=batch_size,
        workers=workers,
        allow_outside=allow_outside,
        prefect=prefect_setting(prefect),
    )
    if not inputs and not chosen.sources:
        raise InputError(
            "nothing to ingest: give pages, folders, globs or manifests, or --sources FILE."
        )
    request = Request.of(inputs or (), chosen)
    console = Console(stderr=True)
    reporter = BarReporter(console)
    with report_to(reporter), reporter.shown():
        summary = _run(request, chosen.prefect, reporter.say)
    show(summary, request.warehouse)


def _run(request: Request, prefect: str, say: Callable[[str], None]) -> Summary:
    """Run the steps as a flow, or without Prefect."""
    if not uses_prefect(prefect, say):
        return ingest_directly(request, prefect_secret)
    from flows.ingest import ingest_request

    steps.find_pages(request)
    return ingest_request(request)


def show(summary: Summary, warehouse: WarehouseAddress) -> None:
    """Print what the run did, and how long the person waited for it: imports, a temporary Prefect
    server and publishing are not in the seconds of the run.
    """
    console = screen()
    waited = seconds_since_call()
    pages = sum(summary.pages.values())
    if summary.state == "unchanged" and not pages:
        console.print(f"Nothing was due: nobody lists a page that is new ({waited:.1f} s).")
    elif summary.state == "unchanged":
        console.print(f"Nothing changed: all {pages} pages are known ({waited:.1f} s).")
    else:
        console.print(
            f"Run {summary.run_id}: {pages} pages in {waited:.1f} s, published as "
            f"{published(warehouse)}",
            soft_wrap=True,
        )
    table = Table(
        "pages by outcome",
        "",
        "in the warehouse",
        " ",
        "blocks stripped by reason",
        "  ",
        box=None,
        padding=(0, 2, 0, 0),
    )
    columns = [
        [
            *summary.pages.items(),
            *((f"  {name}", count) for name, count in summary.rejected.items()),
        ],
        [
            *summary.tables.items(),
            *([("rows in quarantine", summary.quarantined)] if summary.quarantined else []),
        ],
        list(summary.stripped.items()),
    ]
    for line in range(max(map(len, columns))):
        cells = [column[line] if line < len(column) else ("", "") for column in columns]
        table.add_row(*(str(part) for cell in cells for part in cell))
    console.print(table)
