"""Finds the runbook, which messages point to: in a checkout under deploy/, else beside the package."""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).parents[2] / "deploy" / "RUNBOOK.md"

INSTALLED = Path(sys.prefix) / "share" / "newsduck" / "RUNBOOK.md"
"""Where `pip install` puts it; see `[tool.setuptools.data-files]` in pyproject.toml."""


def runbook_path() -> Path:
    """Return the file of the runbook."""
    return CHECKOUT if CHECKOUT.is_file() else INSTALLED


@cache
def sections() -> dict[str, tuple[str, str]]:
    """Return the runbook's sections: anchor → (heading, Markdown), in order; empty without a file.

    An anchor is the heading in small letters with dashes, as code hosts make it.
    """
    path = runbook_path()
    if not path.is_file():
        return {}
    parts = re.split(r"(?m)^## (.+)$", path.read_text(encoding="utf-8"))[1:]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return {anchor_of(heading): (heading, body.strip()) for heading, body in pairs}


def anchor_of(heading: str) -> str:
    """Return the anchor of a heading."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")
