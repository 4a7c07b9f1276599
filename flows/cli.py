"""`newsduck`: the command. Each verb stands in a module of its own in `commands/`; here are their
order and what errors mean.

Exit codes: 0 well, 1 the data failed its checks, 2 the call was wrong (or could not be served as
asked).
"""

from __future__ import annotations

import sys

import typer
from rich.markup import escape

from flows.acquire.raw.store import RawStoreError
from flows.alert.deliver import UndeliveredError
from flows.annotate.recogniser import RecogniserError
from flows.clean.rules import RuleError
from flows.commands import (
    alerts,
    annotate,
    bounds,
    check,
    clean,
    config,
    demo_site,
    entities,
    incidents,
    ingest,
    monitor,
    publish,
    report,
    reprocess,
    search,
    serve,
    sources,
    sql,
    status,
)
from flows.commands.screen import screen
from flows.config.errors import InputError
from flows.settings import SettingsError
from schemas import ContractError
from warehouse.check import ChecksFailedError
from warehouse.check_loader import ThresholdError
from warehouse.errors import QueryError, WarehouseError
from warehouse.load import LedgerError

app = typer.Typer(
    name="newsduck",
    help="Turn raw news pages into DuckDB tables of articles, quotes and entities.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for verb in (
    ingest,
    sources,
    serve,
    reprocess,
    monitor,
    bounds,
    publish,
    sql,
    clean,
    annotate,
    entities,
    check,
    incidents,
    alerts,
    status,
    report,
    search,
    config,
    demo_site,
):
    verb.register(app)


def main() -> None:
    """Run the command; every error that a person can do something about is one message, without a
    traceback.
    """
    try:
        app()
    except (
        InputError,
        RawStoreError,
        RuleError,
        RecogniserError,
        SettingsError,
        WarehouseError,
        QueryError,
        UndeliveredError,
        ThresholdError,
    ) as error:
        sys.exit(_tell(error, 2))
    except (ContractError, LedgerError, ChecksFailedError) as error:
        sys.exit(_tell(error, 1))


def _tell(error: Exception, status_code: int) -> int:
    screen(stderr=True).print(f"[bold red]newsduck:[/] {escape(str(error))}")
    return status_code


if __name__ == "__main__":
    main()
