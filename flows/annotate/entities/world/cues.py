"""The words of data/cues.toml by script, and how words are taken apart by them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple


class Cues(NamedTuple):
    """The cues of one script; `prefixes` and `particles` are the longest first."""

    title: frozenset[str]
    honorific: tuple[str, ...]
    says: frozenset[str]
    org: frozenset[str]
    org_end: tuple[str, ...]
    place: frozenset[str]
    place_end: tuple[str, ...]
    small: frozenset[str]
    prefixes: tuple[str, ...]
    particles: tuple[str, ...]
    surnames: frozenset[str]


@cache
def cues(script: str) -> Cues | None:
    """Return the cues of a script, None where there are none."""
    text = (resources.files(__package__) / "data" / "cues.toml").read_text("utf-8")
    found = tomllib.loads(text).get(script)
    if found is None:
        return None

    def words(name: str) -> list[str]:
        return str(found.get(name, "")).split()

    def longest(name: str) -> tuple[str, ...]:
        return tuple(sorted(words(name), key=lambda word: (-len(word), word)))

    return Cues(
        frozenset(words("title")),
        longest("honorific"),
        frozenset(words("says")),
        frozenset(words("org")),
        longest("org_end"),
        frozenset(words("place")),
        longest("place_end"),
        frozenset(words("small")),
        longest("prefix"),
        longest("particle"),
        frozenset(words("surnames")),
    )
