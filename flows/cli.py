"""`newsduck`: the command. Each verb is a module of its own in `commands/`, imported when it is
called (`commands/verbs.py`); here is what errors mean.

Exit codes: 0 well, 1 the data failed its checks, 2 the call was wrong (or could not be served as
asked), 130 a person interrupted it.
"""

from __future__ import annotations

import atexit
import errno
import gc
import io
import os
import sys
from importlib.metadata import version
from typing import Annotated

import typer

from flows.commands.verbs import LazyVerbs

EXIT_CODES = {
    "flows.config.errors.InputError": 2,
    "flows.acquire.raw.files.RawStoreError": 2,
    "flows.clean.rulebook.rule.RuleError": 2,
    "flows.annotate.recogniser.RecogniserError": 2,
    "flows.settings.SettingsError": 2,
    "flows.alert.deliver.UndeliveredError": 2,
    "warehouse.errors.WarehouseError": 2,
    "warehouse.errors.QueryError": 2,
    "flows.steps.subprocesses.WorkerError": 2,
    "_duckdb.IOException": 2,
    "_duckdb.OutOfMemoryException": 2,
    "warehouse.check_loader.ThresholdError": 2,
    "warehouse.check.ChecksFailedError": 1,
    "warehouse.load.LedgerError": 1,
    "schemas.contract.ContractError": 1,
}
"""Exit codes of the errors that a person can do something about, and of their subclasses. They are
names, so that no module is imported for an error that it may raise.
"""

SYSTEM_ERRORS = frozenset(
    {
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EROFS,
        errno.EACCES,
        errno.EPERM,
        errno.EMFILE,
        errno.ENFILE,
        errno.EISDIR,
        errno.ENOTDIR,
        errno.ELOOP,
        errno.ENAMETOOLONG,
    }
)
"""Errors of the system that a person can do something about: no space, no permission, too many
open files, a folder where a file belongs or the other way round.
"""

GARBAGE_AFTER = 50_000
"""New objects after which Python looks for garbage. Its own 700 are for programs without large
imports: what an ingest imports stays, and looking at it again and again took 0.14 s of 1.2.
"""

app = typer.Typer(
    name="newsduck",
    cls=LazyVerbs,
    help="Turn raw news pages into DuckDB tables of articles, quotes and entities.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"newsduck {version('newsduck')}")
        raise typer.Exit


@app.callback()
def newsduck(
    show_version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and exit.", callback=_show_version),
    ] = False,
) -> None:
    """Turn raw news pages into DuckDB tables of articles, quotes and entities."""


def exit_code(error: Exception) -> int | None:
    """Return the exit code of an error, None where it is a fault of ours."""
    is_of_system = isinstance(error, OSError) and error.errno in SYSTEM_ERRORS
    if is_of_system or os.strerror(errno.ENOSPC) in str(error):  # DuckDB has many words for it
        return 2
    names = (f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__)
    return next((EXIT_CODES[name] for name in names if name in EXIT_CODES), None)


def is_interrupt(error: Exception) -> bool:
    """Return whether DuckDB ended a query because of Ctrl-C: it raises no KeyboardInterrupt."""
    return isinstance(error, RuntimeError) and str(error) == "Query interrupted"


def take_any_text(stream: object) -> None:
    """Let a stream of text take every character, whatever encoding the system gives it.

    Pipes and files get UTF-8, as scripts expect of JSON and CSV on every machine. A terminal, and
    an encoding that somebody chose with PYTHONIOENCODING, stay; what they lack is escaped.
    """
    if not isinstance(stream, io.TextIOWrapper):
        return
    is_chosen = stream.isatty() or "PYTHONIOENCODING" in os.environ
    encoding = stream.encoding if is_chosen else "utf-8"
    stream.reconfigure(encoding=encoding, errors="backslashreplace")


def main() -> None:
    """Run the command; every error that a person can do something about is one message, without a
    traceback. Ctrl-C ends it with 130, as shells expect.
    """
    gc.set_threshold(GARBAGE_AFTER)
    # a process that ends looks for garbage among all that it has imported: 0.25 s after an ingest
    atexit.register(gc.freeze)
    take_any_text(sys.stdout)
    take_any_text(sys.stderr)
    try:
        app()
    except Exception as error:
        if is_interrupt(error):
            typer.echo("newsduck: interrupted.", err=True)
            sys.exit(130)
        code = exit_code(error)
        if code is None:
            raise
        from rich.markup import escape

        from flows.acquire.web.masking import mask_text
        from flows.commands.screen import screen

        screen(stderr=True).print(f"[bold red]newsduck:[/] {escape(mask_text(str(error)))}")
        sys.exit(code)


if __name__ == "__main__":
    main()
