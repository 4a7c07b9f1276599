"""Short forms of given names: Bill is William, Sepp is Josef. `data/nicknames.txt` lists them.

A short form may be of several names (Alex), so being related is no equivalence: two names are
related where one is a short form of the other, or both are of one name.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping
from importlib import resources

from flows.annotate.names.words import spellings, words_of


@functools.cache
def _formal() -> Mapping[str, frozenset[str]]:
    """Return short form → the given names it is of; all in the spelling that names are compared
    by.
    """
    raw = (resources.files(__package__) / "data" / "nicknames.txt").read_text(encoding="utf-8")
    found: dict[str, set[str]] = defaultdict(set)
    for line in raw.split("\n"):
        if line and not line.startswith("#"):
            full, _, shorts = line.partition("=")
            for short in shorts.split("|"):
                if _spelt(short) != _spelt(full):
                    found[_spelt(short)].add(_spelt(full))
    return {short: frozenset(names) for short, names in found.items()}


def _spelt(word: str) -> str:
    return " ".join(spellings().get(part, part) for part in words_of(word))


def are_related(one: str, other: str) -> bool:
    """Whether two given names may be one person's: equal, one short for the other, or both short
    for one name.
    """
    if one == other:
        return True
    mine, theirs = _formal().get(one, frozenset()), _formal().get(other, frozenset())
    return other in mine or one in theirs or bool(mine & theirs)


@functools.cache
def _roots() -> Mapping[str, str]:
    """Return given name or short form → the least name of all it is connected with; at most 40
    are.
    """
    parent: dict[str, str] = {}

    def root(word: str) -> str:
        while parent.setdefault(word, word) != word:
            word = parent[word]
        return word

    for short, names in sorted(_formal().items()):
        for name in sorted(names):
            one, other = sorted((root(short), root(name)))
            parent[other] = one
    return {word: root(word) for word in parent}


def group_of(given: str) -> str:
    """Return the name under which a given name and its short forms meet in one group."""
    return _roots().get(given, given)
