"""Peoples and their adjectives ("russisch", "françaises") with their English names."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from flows.annotate.entities.model import Span
from flows.annotate.entities.world.features import Evidence
from flows.annotate.entities.world.gazetteer import gazetteer
from flows.annotate.entities.world.scripts import latin


@cache
def peoples(language: str) -> dict[str, str]:
    """Return folded form → English name; empty where a language has no list."""
    text = (resources.files(__package__) / "data" / "peoples.toml").read_text("utf-8")
    entry = tomllib.loads(text).get(language)
    if entry is None:
        return {}
    endings = ["" if ending == "-" else ending for ending in entry["endings"].split()]
    found: dict[str, str] = {}
    for line in entry["stems"].splitlines():
        name, _, stems = line.partition("=")
        for stem in stems.split("|"):
            for ending in endings:
                found.setdefault(stem + ending, name)
    return found


def find_peoples(evidence: Evidence, taken: set[int]) -> Iterator[Span]:
    """Yield the peoples at tokens that no other name holds."""
    known = peoples(evidence.language)
    places = gazetteer("latin").kinds
    for at, token in enumerate(evidence.tokens) if known else ():
        if (key := latin(token.text)) not in known or at in taken:
            continue
        if key not in places or token.text.islower():  # "Polen" is the country
            yield Span(at, at + 1, "NORP")
