"""What several verbs share: options, and how Prefect is started from the command."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

Warehouse = Annotated[
    Path | None,
    typer.Option(
        "--warehouse", "-w", help="The DuckDB file that runs write; newsduck.duckdb unless set."
    ),
]
LockTimeout = Annotated[
    float | None,
    typer.Option("--lock-timeout", help="Seconds to wait for another writer; 60 unless set."),
]


Rules = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules", help="A rule file of your own (TOML), tried before those of the house."
    ),
]

Recogniser = Annotated[
    str | None,
    typer.Option(
        "--recogniser", help="Who finds entities: house, or spacy:PIPELINE; house unless set."
    ),
]

Aliases = Annotated[
    Path | None,
    typer.Option(
        "--aliases", help="An alias file (YAML): names that are one entity, names that are not."
    ),
]


def quiet_prefect() -> None:
    """Set up Prefect for the command, before it is imported: the command tells what happened
    itself.
    """
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    # its own 20 s are too short for a laden machine, where it then fails without a word of ours
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
