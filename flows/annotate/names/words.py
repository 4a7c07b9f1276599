"""The words of a name as names are compared: folded, without accents, possessives and full stops.

Which words are titles, particles or generations is data (`data/people.toml`).
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from importlib import resources

from flows.annotate.entities.lexicon import lines

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʻ": "'", "ʼ": "'", "`": "'"})
_POSSESSIVE = re.compile(r"'s?(?=\s|$)")
_WORD = re.compile(r"[^\W_]+")
_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]\.){2,}")  # U.S.A. is one word


def plain_text(name: str) -> str:
    """Return a name in small letters without accents and possessives; "U.S.A." becomes "usa"."""
    if name.isascii():
        if name.isalpha():
            return name.lower()
        plain = name.replace("`", "'").lower()
    else:
        plain = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES)).casefold()
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = _ABBREVIATION.sub(
        lambda match: match.group().replace(".", ""), _POSSESSIVE.sub("", plain)
    )
    return plain.replace("'", "").replace("&", " and ")


def words_of(name: str) -> list[str]:
    """Return the folded words of a name; a hyphen divides words."""
    return list(_words_of(name))


@functools.lru_cache(maxsize=20_000)
def _words_of(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(plain_text(name)))


@functools.cache
def spellings() -> dict[str, str]:
    """Return spelling → the spelling that names are compared by, for given names and particles."""
    return {
        other: line.split("=")[0]
        for line in lines("spellings.txt")
        for other in line.split("=")[1].split("|")
    }


@functools.cache
def people_words() -> dict[str, frozenset[str]]:
    """Return the word lists of `data/people.toml` by name."""
    raw = (resources.files(__package__) / "data" / "people.toml").read_text(encoding="utf-8")
    return {name: frozenset(some.split()) for name, some in tomllib.loads(raw).items()}


@functools.cache
def generations() -> dict[str, str]:
    """Return the spelling of a generation → the one that names are compared by ("jr", "2")."""
    return dict(entry.split("=") for entry in people_words()["generations"])


MAX_LETTERS = 40
"""Letters that are compared; a longer word is no name."""


def distance(one: str, other: str) -> int:
    """Return the edit distance of two words, which are cut to MAX_LETTERS letters."""
    one, other = one[:MAX_LETTERS], other[:MAX_LETTERS]
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def enumerated(names: Sequence[str]) -> str:
    """Return names as a text lists those who speak together: "A", "A and B", "A, B and C"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
