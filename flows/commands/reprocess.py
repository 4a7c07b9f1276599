"""`newsduck reprocess` and `newsduck replay`: process stored pages by the present rules."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from flows.commands.options import AsJson, LockTimeout, Recogniser, Rules, Warehouse, quiet_prefect
from flows.commands.screen import screen
from flows.progress import BarReporter, report_to
from flows.settings import Settings
from warehouse.connect import demand

REPROCESS_EPILOG = """Examples:\n
  newsduck reprocess --rules mine.toml                       what would a new rule change?\n
  newsduck reprocess --rules mine.toml --apply               change it\n
  newsduck reprocess --since 2026-01-01 --source copperfinch --all\n
  newsduck reprocess --where "language = 'de' AND outcome = 'loaded'" --json\n
  NEWSDUCK_SITE_MEMORY=false newsduck reprocess --apply      bring back what the site memory cut"""

REPLAY_EPILOG = """Examples:\n
  newsduck replay\n
  newsduck replay --source copperfinch"""

Source = Annotated[str | None, typer.Option("--source", help="Only pages of this source.")]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command("reprocess", epilog=REPROCESS_EPILOG)(reprocess)
    app.command("replay", epilog=REPLAY_EPILOG)(replay)


def reprocess(
    since: Annotated[
        datetime | None,
        typer.Option(
            help="Only pages fetched since (UTC).", formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]
        ),
    ] = None,
    source: Source = None,
    where: Annotated[
        str | None,
        typer.Option(
            help="Only pages for which this SQL condition holds; it may name location, page_id, "
            "url, source_id, fetched_at, http_status, "
            "outcome, detail, article_id, site, title, language, published_at, flags, "
            "extractor_version."
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Also pages that the present rules have judged already.")
    ] = False,
    apply: Annotated[
        bool, typer.Option("--apply", help="Load the result; without it nothing is changed.")
    ] = False,
    warehouse: Warehouse = None,
    rules: Rules = None,
    recogniser: Recogniser = None,
    lock_timeout: LockTimeout = None,
    as_json: AsJson = False,
) -> None:
    """Process stored pages by the present rules and report what changes: articles, blocks,
    quotations, with examples.

    Takes the pages that an older extractor, or one with other rules, has processed. Nothing is
    changed without --apply.
    """
    chosen = _settings(
        warehouse=warehouse, rules=rules, recogniser=recogniser, lock_timeout=lock_timeout
    )
    from flows import reprocess as flows

    with _progress():
        report = flows.reprocess(
            since=since.replace(tzinfo=UTC) if since else None,
            source=source,
            where=where,
            all=every,
            apply=apply,
            **chosen,
        )
    if as_json:
        print(json.dumps(report, ensure_ascii=False, indent=1))
        return
    console = screen()
    show(console, report)
    if not apply and report["differences"]:
        console.print("Nothing was changed; the same call with --apply loads it.")


def replay(
    source: Source = None,
    warehouse: Warehouse = None,
    rules: Rules = None,
    lock_timeout: LockTimeout = None,
    as_json: AsJson = False,
) -> None:
    """Process the pages whose rows are in quarantine, load what is well now, and report how many
    rows that rescued.
    """
    chosen = _settings(warehouse=warehouse, rules=rules, lock_timeout=lock_timeout)
    from flows import reprocess as flows

    with _progress():
        report = flows.replay(source=source, **chosen)
    if as_json:
        print(json.dumps(report, ensure_ascii=False, indent=1))
        return
    console = screen()
    console.print(
        f"{report['rescued_count']} rows rescued from quarantine, {report['waiting_count']} "
        "wait there still."
    )
    show(console, report)


def _settings(**options: Any) -> dict[str, Any]:
    """Return the given options, validated, as the flow takes them. Raises SettingsError, or
    WarehouseError without a warehouse.
    """
    given = {name: value for name, value in options.items() if value is not None}
    demand(Settings.with_options(**given).warehouse)
    quiet_prefect()
    from flows.ingest import check_server, server_url
    from flows.prefect_hooks.temporary_server import guard_temporary_server

    if server_url() is not None:
        check_server()
    else:
        guard_temporary_server()
    return given


def _progress() -> Any:
    return report_to(BarReporter(Console(stderr=True)))


def show(console: Console, report: dict[str, Any]) -> None:
    """Print a report."""
    judged = ", ".join(f"{count} by {version}" for version, count in report["versions"].items())
    console.print(
        f"{report['page_count']} stored pages processed "
        f"again{f' (before: {judged})' if judged else ''}."
    )
    if report["missing_count"]:
        named = ", ".join(Path(location).name for location in report["missing"])
        console.print(
            f"{report['missing_count']} pages are stored no more, or hold other bytes than were "
            f"seen, and stay as they are: {named}"
        )
    show_differences(console, report["differences"])


def show_differences(console: Console, differences: Sequence[dict[str, Any]]) -> None:
    """Print how many differences of each kind there are, with examples."""
    if not differences:
        console.print("No difference.")
        return
    table = Table("what", "count", "articles", box=None)
    for found in differences:
        table.add_row(found["kind"], str(found["count"]), str(found["article_count"]))
    console.print(table)
    for found in differences:
        for address, detail in found["examples"]:
            console.print(f"  {found['kind']}: {detail}\n    {address}", markup=False)
