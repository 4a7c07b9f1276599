"""What several verbs share: options, and how Prefect is started from the command."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from flows.config.errors import InputError
from flows.config.home import has_home
from flows.config.prefect_server import may_have_server

Warehouse = Annotated[
    str | None,
    typer.Option(
        "--warehouse",
        "-w",
        metavar="FILE",
        help="The DuckDB file that runs write, or a DuckLake (ducklake:FILE, ducklake:postgres:…); "
        "newsduck.duckdb unless set.",
    ),
]
LockTimeout = Annotated[
    float | None,
    typer.Option("--lock-timeout", help="Seconds to wait for another writer; 60 unless set."),
]

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]

Rules = Annotated[
    list[Path] | None,
    typer.Option("--rules", help="A rule file of your own (TOML), tried before the builtin ones."),
]

Recogniser = Annotated[
    str | None,
    typer.Option(
        "--recogniser", help="Who finds entities: builtin, or spacy:PIPELINE; builtin unless set."
    ),
]

Aliases = Annotated[
    Path | None,
    typer.Option(
        "--aliases", help="An alias file (YAML): names that are one entity, names that are not."
    ),
]


Prefect = Annotated[
    bool | None,
    typer.Option(
        "--prefect/--no-prefect",
        help="Run as a Prefect flow, or run the same steps in this process; without either, as a"
        " flow if a Prefect server is configured and answers.",
        show_default=False,
    ),
]


def prefect_setting(chosen: bool | None) -> str | None:
    """Return the setting `prefect` that the option asks for, None where it is not given."""
    return None if chosen is None else "always" if chosen else "never"


def uses_prefect(setting: str, say: Callable[[str], None]) -> bool:
    """Return whether to run as a flow under the setting `prefect`; says why where it is `auto`.

    Raises InputError where it is `always` and the configured server does not answer, and where
    Prefect is asked without a home folder.
    """
    if setting == "never":
        return False
    if setting == "auto" and not may_have_server():
        say("No Prefect server is configured: running without Prefect (--prefect runs a flow).")
        return False
    if not has_home():
        raise InputError("Prefect needs a home folder, and this user has none: set HOME.")
    quiet_prefect()
    from flows.ingest import check_server, server_url

    url = server_url()
    if setting == "always":
        if url is not None:
            check_server()
            return True
        from flows.prefect_hooks.temporary_server import guard_temporary_server

        guard_temporary_server()
        return True
    if url is None:
        say("No Prefect server is configured: running without Prefect (--prefect runs a flow).")
        return False
    try:
        check_server()
    except InputError:
        say(f"The Prefect server at {url} does not answer: running without Prefect.")
        return False
    return True


def prefect_secret(name: str) -> str:
    """Return the value of a Prefect secret block. Imports Prefect only when it is called."""
    quiet_prefect()
    from flows.prefect_hooks.incident_events import read_secret

    return read_secret(name)


def quiet_prefect() -> None:
    """Set up Prefect for the command before its import: the command reports by itself."""
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    # its own 20 s are too short for a laden machine, where it then fails without a word of ours
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
