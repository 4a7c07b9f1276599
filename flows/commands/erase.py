"""`newsduck erase`: take an article out of everything that newsduck keeps, with proof."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from flows.commands.options import LockTimeout, Warehouse
from flows.commands.screen import screen
from flows.config.errors import InputError
from flows.progress import BarReporter
from flows.settings import Settings
from warehouse.amounts import amount

EPILOG = """Examples:\n
  newsduck erase https://harbourcourier.example/news/quay --reason "request of 3 March"\n
  newsduck erase 0f3a6c1b2d4e5f60 --verify\n
  newsduck erase --source harbour-courier --yes"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("erase", epilog=EPILOG)(erase)


def erase(
    targets: Annotated[
        list[str] | None, typer.Argument(help="Addresses or article ids.", show_default=False)
    ] = None,
    source: Annotated[str | None, typer.Option(help="All articles of this source.")] = None,
    reason: Annotated[str, typer.Option(help="Why; it stands with the tombstone.")] = "on request",
    verify: Annotated[
        bool, typer.Option("--verify", help="Search every file for the sentences afterwards.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    warehouse: Warehouse = None,
    lock_timeout: LockTimeout = None,
) -> None:
    """Erase articles from every table, version, copy, stored page and run folder.

    A tombstone (a hash, the time, the reason) stays, so that they are not taken in again. With
    --verify the exit code is 1 where a sentence is still found.
    """
    from flows.steps.erase import erase as erase_articles
    from flows.steps.request import Request

    if not targets and source is None:
        raise InputError("name an address or article id, or --source.")
    chosen = Settings.with_options(warehouse=warehouse, lock_timeout=lock_timeout)
    what = ", ".join(targets or ()) or f"all articles of {source}"
    if not yes and not typer.confirm(f"Erase {what} for good?"):
        raise typer.Exit(1)
    say = BarReporter(Console(stderr=True)).say
    done = erase_articles(
        chosen.warehouse,
        Request.of((), chosen).raw_files,
        targets or (),
        source,
        reason,
        chosen.lock_timeout,
        say,
        verify=verify,
    )
    console = screen()
    console.print(
        f"erased: {amount(done.article_count, 'articles')}, {amount(done.page_count, 'pages')}, "
        f"{done.record_count} records of the raw store"
    )
    for file in done.own_files:
        console.print(f"your own file holds it still: {file}", markup=False, soft_wrap=True)
    if done.traces is None:
        return
    for trace in done.traces:
        console.print(f"found: {trace.place}: {trace.sentence[:80]}", markup=False, soft_wrap=True)
    if done.traces:
        raise typer.Exit(1)
    console.print("verified: no file of newsduck holds a sentence of it")
