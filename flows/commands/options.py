"""Options that several verbs share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Warehouse = Annotated[Path | None, typer.Option("--warehouse", "-w", help="The DuckDB file that runs write; newsduck.duckdb unless set.")]
LockTimeout = Annotated[float | None, typer.Option("--lock-timeout", help="Seconds to wait for another writer; 60 unless set.")]


Rules = Annotated[list[Path] | None, typer.Option("--rules", help="A rule file of your own (TOML), tried before those of the house.")]

Recogniser = Annotated[str | None, typer.Option("--recogniser", help="Who finds entities: house, or spacy:PIPELINE; house unless set.")]

Aliases = Annotated[Path | None, typer.Option("--aliases", help="An alias file (YAML): names that are one entity, names that are not.")]
