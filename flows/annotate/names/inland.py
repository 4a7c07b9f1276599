"""Names that stand for the politics of one country: its parties, chambers, states, and what
articles about it call its bodies for short (`data/inland.txt`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from importlib import resources

from flows.annotate.entities.lexicon import fold

_TAG = re.compile(r"[,(] ?[RDI]-[A-Z][a-z]+\b")


def _lines() -> list[str]:
    raw = (resources.files(__package__) / "data" / "inland.txt").read_text(encoding="utf-8")
    return [line for line in raw.split("\n") if line and not line.startswith("#")]


@functools.cache
def inland() -> Mapping[str, str]:
    """Return folded name → ISO code of its country."""
    found: dict[str, str] = {}
    for line in _lines():
        code, _, names = line.partition("=")
        if ":" not in code:
            found |= {fold(name): code for name in names.split("|")}
    return found


@functools.cache
def short_bodies(code: str) -> Mapping[str, str]:
    """Return folded word → the body that articles about the country with this ISO code mean by it
    ("House").
    """
    found: dict[str, str] = {}
    for line in _lines():
        head, _, name = line.partition("=")
        country, _, word = head.partition(":")
        if word and country == code:
            found[fold(word)] = name
    return found


def tagged(text: str) -> bool:
    """Whether a politician has a party and a state behind the name, as in one country only
    ("D-Ohio").
    """
    may_be = "R-" in text or "D-" in text or "I-" in text  # a search costs ten times as much
    return may_be and _TAG.search(text) is not None
