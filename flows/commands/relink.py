"""`newsduck relink`: link articles again by the present version of linking."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from flows.commands.options import AsJson, LockTimeout, Warehouse
from flows.commands.reprocess import show_differences
from flows.commands.screen import screen
from flows.progress import reporter
from flows.settings import Settings
from flows.steps.relink import relink as run

EPILOG = """Examples:\n
  newsduck relink                     what would the present version of linking change?\n
  newsduck relink --apply             change it\n
  newsduck relink --all --apply --json"""

DEFAULT_DAYS = 14
"""Days back from the newest article: as long as fingerprints are kept anyway."""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("relink", epilog=EPILOG)(relink)


def relink(
    days: Annotated[
        int, typer.Option(min=1, help="Days back from the newest article.")
    ] = DEFAULT_DAYS,
    every: Annotated[bool, typer.Option("--all", help="All articles.")] = False,
    apply: Annotated[
        bool, typer.Option("--apply", help="Load the result; without it nothing is changed.")
    ] = False,
    warehouse: Warehouse = None,
    lock_timeout: LockTimeout = None,
    as_json: AsJson = False,
) -> None:
    """Decide again which articles are copies and tell one story, and which quotations are one
    utterance; report what changes, with examples.

    No page is cleaned again. Corrections by `stories split` and `stories merge` hold. Nothing is
    changed without --apply.
    """
    chosen = Settings.with_options(warehouse=warehouse, lock_timeout=lock_timeout)
    report = run(
        chosen.warehouse,
        None if every else days,
        chosen.lock_timeout,
        reporter().say,
        apply=apply,
    )
    if as_json:
        print(json.dumps(report.as_dict(), ensure_ascii=False, indent=1))
        return
    console = screen()
    former = ", ".join(f"{count} links by {version}" for version, count in report.versions.items())
    console.print(
        f"{report.article_count} articles linked again by {report.version}"
        f"{f' (before: {former})' if former else ''}.",
        highlight=False,
        soft_wrap=True,
    )
    show_differences(console, report.as_dict()["differences"])
    if not apply and report.differences:
        console.print("Nothing was changed; the same call with --apply loads it.")
