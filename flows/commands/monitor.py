"""`newsduck monitor` and `newsduck backtest`: sources over time, now and in the stored past."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from flows.commands.options import AsJson, LockTimeout, Warehouse, quiet_prefect
from flows.commands.screen import screen
from flows.progress import BarReporter, report_to
from flows.settings import Settings, SettingsError
from flows.steps.request import Request
from flows.watch.settings import MonitorSettings
from warehouse.connect import demand

MONITOR_EPILOG = """Examples:\n
  newsduck monitor --sources sources.yml\n
  newsduck monitor --json"""

BACKTEST_EPILOG = """Examples:\n
  newsduck backtest                                        what the last 90 days would have told\n
  newsduck backtest --set silent_articles=4 --set low_chance=0.01\n
  newsduck backtest --since 2026-01-01 --every 24 --json"""

SourcesFile = Annotated[
    Path | None,
    typer.Option(
        "--sources", help="sources.yml; its enabled sources are watched though they bring nothing."
    ),
]
Moment = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"])]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command("monitor", epilog=MONITOR_EPILOG)(monitor)
    app.command("backtest", epilog=BACKTEST_EPILOG)(backtest)


def monitor(
    sources: SourcesFile = None,
    warehouse: Warehouse = None,
    lock_timeout: LockTimeout = None,
    as_json: AsJson = False,
) -> None:
    """Compare every source with its own past: silence, volume, fields, lengths, layouts, fetches;
    open and resolve incidents.
    """
    chosen = Settings.with_options(sources=sources, warehouse=warehouse, lock_timeout=lock_timeout)
    demand(chosen.warehouse)
    quiet_prefect()
    from flows.ingest import check_server, server_url
    from flows.monitor import monitor as flow
    from flows.prefect_hooks.temporary_server import guard_temporary_server

    if server_url() is not None:
        check_server()
    else:
        guard_temporary_server()
    with report_to(BarReporter(Console(stderr=True))):
        found = flow(
            sources_file=chosen.sources,
            warehouse=str(chosen.warehouse),
            lock_timeout=chosen.lock_timeout,
        )
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    console = screen()
    counts = ", ".join(f"{found[status]} {status}" for status in ("passed", "failed", "unknown"))
    console.print(
        f"{found['sources']} sources; {counts}. `newsduck incidents` lists what is wrong, "
        "`newsduck status` the rest."
    )


def backtest(
    since: Moment = None,
    until: Moment = None,
    every: Annotated[int, typer.Option(help="Hours between two looks.", min=1)] = 12,
    thresholds: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=NUMBER", help="A threshold of [monitor] to try."),
    ] = None,
    sources: SourcesFile = None,
    warehouse: Warehouse = None,
    as_json: AsJson = False,
) -> None:
    """Replay the stored history with other thresholds and say which incidents would have opened;
    changes nothing.
    """
    settings = Settings.with_options(sources=sources, warehouse=warehouse)
    tried = with_thresholds(settings.monitor, thresholds or [])
    from flows.steps.monitor import backtest as replay

    ends_at = (until or datetime.now(UTC)).replace(tzinfo=UTC)
    starts_at = since.replace(tzinfo=UTC) if since else ends_at - timedelta(days=90)
    reporter = BarReporter(Console(stderr=True))
    with report_to(reporter), reporter.shown():
        found = replay(Request.of((), settings), tried, starts_at, ends_at, timedelta(hours=every))
    if as_json:
        print(
            json.dumps(
                [asdict(alert) for alert in found], ensure_ascii=False, indent=1, default=str
            )
        )
        return
    console = screen()
    console.print(
        f"{len(found)} incidents from {starts_at:%Y-%m-%d} to {ends_at:%Y-%m-%d}, a look every "
        f"{every} hours."
    )
    if found:
        table = Table("opened", "resolved", "check", "source", "what", box=None)
        for alert in found:
            ended = f"{alert.resolved_at:%Y-%m-%d %H:%M}" if alert.resolved_at else "goes on"
            table.add_row(
                f"{alert.opened_at:%Y-%m-%d %H:%M}",
                ended,
                alert.check_name,
                alert.source_id or "all",
                alert.dimension or "",
            )
        console.print(table)


def with_thresholds(present: MonitorSettings, given: list[str]) -> MonitorSettings:
    """Return the settings with `name=number` on top; raises SettingsError where one is wrong."""
    changed = present.model_dump()
    for text in given:
        name, _, number = text.partition("=")
        if name not in changed:
            raise SettingsError(
                f"--set {text}: there is no threshold {name!r}; there are {', '.join(changed)}"
            )
        try:
            changed[name] = float(number)
        except ValueError as error:
            raise SettingsError(f"--set {text}: {number!r} is no number") from error
    try:
        return MonitorSettings(**changed)
    except ValueError as error:
        raise SettingsError(f"--set: {error}") from error
