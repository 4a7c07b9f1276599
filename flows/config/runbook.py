"""Reads the runbook, which messages point to. It ships inside the package; deploy/ links to it."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def sections() -> dict[str, tuple[str, str]]:
    """Return the runbook's sections, in order: anchor → (heading, Markdown).

    An anchor is the heading in small letters with dashes, as code hosts make it.
    """
    text = files("flows.config").joinpath("runbook.md").read_text(encoding="utf-8")
    parts = re.split(r"(?m)^## (.+)$", text)[1:]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return {anchor_of(heading): (heading, body.strip()) for heading, body in pairs}


def anchor_of(heading: str) -> str:
    """Return the anchor of a heading."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")
