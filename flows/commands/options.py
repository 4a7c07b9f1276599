"""Options that several verbs share, and how their defaults are found."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from flows.acquire.page import InputError
from flows.settings import Settings

Warehouse = Annotated[Path | None, typer.Option("--warehouse", "-w", help="The DuckDB file that runs write; newsduck.duckdb unless set.")]
LockTimeout = Annotated[float | None, typer.Option("--lock-timeout", help="Seconds to wait for another writer; 60 unless set.")]


Rules = Annotated[list[Path] | None, typer.Option("--rules", help="A rule file of your own (TOML), tried before those of the house.")]

Recogniser = Annotated[str | None, typer.Option("--recogniser", help="Who finds entities: house, or spacy:PIPELINE; house unless set.")]

Aliases = Annotated[Path | None, typer.Option("--aliases", help="An alias file (YAML): names that are one entity, names that are not.")]


def settings(**given: Any) -> Settings:
    """Return the settings with the options that were `given` on top; raises InputError where one is wrong."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as errors:
        said = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in errors.errors())
        raise InputError(f"settings (options, NEWSDUCK_ variables, newsduck.toml): {said}") from errors
