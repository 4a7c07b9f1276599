"""The commands of deploy/compose.yaml, for tests that start its services as processes."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]

PREFECT = (sys.executable, "-c", "import sys; from prefect.cli import app; sys.exit(app())")

PROGRAMS = {"prefect": PREFECT, "dask": (sys.executable, "-m", "dask")}
"""How the programs of the image start here."""


def command_of(service: str, **other: str) -> tuple[str, ...]:
    """Return the command of a service of the compose file, with `other` words in place of some."""
    compose = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))
    program, *words = compose["services"][service]["entrypoint"]
    return (*PROGRAMS[program], *(other.get(word, word) for word in words))
