"""`newsduck serve`: run the flows on their schedules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import Warehouse
from flows.commands.screen import screen
from flows.config.errors import InputError
from flows.settings import Settings
from flows.steps import ingest as steps
from flows.steps.request import Request

EPILOG = """Examples:\n
  prefect server start --background\n
  prefect config set PREFECT_API_URL=http://127.0.0.1:4200/api\n
  newsduck serve --sources sources.yml --warehouse news.duckdb\n
  NEWSDUCK_SERVE__INGEST='0 * * * *' newsduck serve"""

NO_SERVER = """schedules need a Prefect server that keeps running, and none is configured (a temporary
server runs no schedules). Start one:
  prefect server start --background
  prefect config set PREFECT_API_URL=http://127.0.0.1:4200/api
then call `newsduck serve` again. deploy/ has service units and a compose file that do both."""  # noqa: E501


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("serve", epilog=EPILOG)(serve)


def serve(
    sources: Annotated[
        Path | None,
        typer.Option(help="sources.yml, whose sources are fetched when due and watched."),
    ] = None,
    warehouse: Warehouse = None,
) -> None:
    """Run ingest, monitor and retention on their schedules (section serve of newsduck.toml), one
    run at a time, until it is stopped.

    Where the warehouse is a DuckLake, maintain runs too. Needs a Prefect server that keeps running.
    """
    chosen = Settings.with_options(sources=sources, warehouse=warehouse)
    if chosen.sources is None:
        raise InputError(
            "nothing to schedule: name the sources with --sources FILE, or as `sources` in "
            "newsduck.toml."
        )
    steps.find_pages(Request.of((), chosen))
    from flows.ingest import check_server, server_url

    url = server_url()
    if url is None:
        raise InputError(NO_SERVER)
    check_server()
    from flows.deployments import serve_schedules

    times = chosen.serve
    screen().print(
        f"Serving on {url}, times in {times.timezone}: ingest {times.ingest}, monitor "
        f"{times.monitor}. Ctrl-C ends it.",
        markup=False,
        soft_wrap=True,
    )
    serve_schedules(chosen)
