"""What an element's attributes say about its text: the words of zones.toml, compiled once and asked
by `zone_of`.

A zone is evidence. Whether it holds is decided where the text in it is known (article.py).
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_BREAK = re.compile(r"(?<=[a-zà-ÿ0-9])(?=[A-Z])|[^A-Za-zÀ-ÿ]+")
_LETTERS = bytes(byte if chr(byte).isalpha() else ord(" ") for byte in range(128)) + bytes(128)
"""ASCII with a blank for all that is no letter."""

_CAPITALISED = re.compile(r"[A-Z]*[a-z]+|[A-Z]+")
"""A word of ASCII letters: it ends where a capital follows a small letter."""

TAG_ZONES = {
    "nav": "navigation",
    "menu": "navigation",
    "aside": "other_stories",
    "footer": "copyright_footer",
    "figure": "image_caption",
    "figcaption": "image_caption",
    "dialog": "navigation",
    "form": "navigation",
    "fieldset": "navigation",
}
"""Elements that name their own zone."""

ROLE_ZONES = {
    "navigation": "navigation",
    "banner": "navigation",
    "menu": "navigation",
    "search": "navigation",
    "dialog": "navigation",
    "alertdialog": "navigation",
    "contentinfo": "copyright_footer",
    "complementary": "other_stories",
}
"""ARIA landmarks and what stands in them."""


@cache
def _table() -> list[dict[str, Any]]:
    zones: list[dict[str, Any]] = tomllib.loads(
        files(__package__).joinpath("zones.toml").read_text("utf-8")
    )["zone"]
    return zones


@cache
def most_prose() -> dict[str, int]:
    """How many characters of prose an element of each zone may hold at most, for the zones that
    have such a limit.
    """
    return {zone["name"]: zone["holds"] for zone in _table() if "holds" in zone}


@cache
def _rank() -> dict[str | None, int]:
    return {zone["name"]: rank for rank, zone in enumerate(_table())}


@cache
def _openings() -> tuple[frozenset[str], tuple[str, ...]]:
    """The words with which a zone's words begin, and the beginnings of such words."""
    first = {words.split(" ")[0] for zone in _table() for words in zone["words"]}
    return frozenset(w for w in first if not w.endswith("*")), tuple(
        w[:-1] for w in first if w.endswith("*")
    )


@lru_cache(maxsize=20_000)
def _pattern_from(word: str) -> re.Pattern[str] | None:
    """The expression of all zones' words that may begin with this one, each between hyphens; None
    without any: most words of classes tell nothing.
    """
    words, beginnings = _openings()
    if word not in words and not word.startswith(beginnings):
        return None
    zones: dict[str, list[str]] = {}
    for zone in _table():
        for phrase in zone["words"]:
            first = phrase.split(" ")[0]
            if word == first or (first[-1] == "*" and word.startswith(first[:-1])):
                zones.setdefault(zone["name"], []).append(phrase)
    named = "|".join(f"(?P<{name}>{'|'.join(phrases)})" for name, phrases in zones.items())
    return re.compile(f"-(?:{named.replace(' ', '-').replace('*', '[a-zà-ÿ]*')})(?=-)")


def _words(attribute: str) -> list[str]:
    """The words of an attribute in lower case."""
    if not attribute.isascii():
        return _BREAK.sub(" ", attribute).lower().split()
    letters = attribute.encode().translate(_LETTERS).decode()  # quicker than an expression
    small = letters.lower()
    if small != letters:
        small = " ".join(_CAPITALISED.findall(letters)).lower()
    return small.split()


@lru_cache(maxsize=20_000)
def zone_of_words(attribute: str) -> str | None:
    """Name the zone that the words of a class, id or similar attribute tell of; None where they
    tell nothing.
    """
    words = _words(attribute)
    if not any(map(_pattern_from, words)):
        return None
    hyphened, at, end = f"-{'-'.join(words)}-", 0, 0
    found = list[str | None]()
    for word in words:
        if at >= end and (pattern := _pattern_from(word)) and (m := pattern.match(hyphened, at)):
            found.append(m.lastgroup)
            end = m.end()
        at += len(word) + 1
    return min(found, key=_rank().__getitem__, default=None)
