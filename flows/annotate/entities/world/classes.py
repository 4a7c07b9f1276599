"""The classes of words in data/classes.toml, with folded keys in Latin letters."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import cache
from importlib import resources

from flows.annotate.entities.world.scripts import latin

MIN_ENDING = 5
"""Letters of a title or an organisation's word that a German compound may end with."""

MAX_COMPOUND = 40
"""Letters of a compound that is looked into, so that no word costs more."""

COMPOUNDING = frozenset(("de", "nl", "da", "sv", "nb", "fi", "hu"))
"""Languages whose compounds end with the word that counts ("Gesundheitsministerin")."""


@cache
def classes() -> dict[str, tuple[str, ...]]:
    """Return word → its classes, over all languages."""
    found: dict[str, set[str]] = defaultdict(set)
    text = (resources.files(__package__) / "data" / "classes.toml").read_text("utf-8")
    for name, languages in tomllib.loads(text).items():
        for words in languages.values():
            for word in words.split():
                found[latin(word)].add(name)
    return {word: tuple(sorted(names)) for word, names in found.items()}


def classes_of(key: str, language: str) -> tuple[str, ...]:
    """Return the classes of a word by its key, of its last part where it is a compound."""
    known = classes()
    found = known.get(key)
    if found is not None:
        return found
    if "-" in key:
        found = known.get(key.rpartition("-")[2])
        if found:
            return tuple(f"-{name}" for name in found)
    if language in COMPOUNDING and len(key) <= MAX_COMPOUND:
        for cut in range(2, len(key) - MIN_ENDING + 1):
            found = known.get(key[cut:])
            if found and ("title" in found or "org" in found):
                return tuple(f"-{name}" for name in found)
    return ()
