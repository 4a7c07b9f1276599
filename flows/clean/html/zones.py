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
def _pattern() -> re.Pattern[str]:
    zones = []
    for zone in _table():
        words = "|".join(w.replace(" ", "-").replace("*", "[a-zà-ÿ]*") for w in zone["words"])
        zones.append(f"(?P<{zone['name']}>{words})")
    return re.compile(f"-(?:{'|'.join(zones)})(?=-)")


@cache
def _rank() -> dict[str | None, int]:
    return {zone["name"]: rank for rank, zone in enumerate(_table())}


@cache
def _openings() -> tuple[frozenset[str], tuple[str, ...]]:
    """The words with which a zone's words begin, and the beginnings of such words."""
    first = {word.split(" ")[0] for zone in _table() for word in zone["words"]}
    return frozenset(w for w in first if not w.endswith("*")), tuple(
        w[:-1] for w in first if w.endswith("*")
    )


@lru_cache(maxsize=20_000)
def _may_open(word: str) -> bool:
    """Whether some zone's words may begin with this one: most words of classes tell nothing, and
    the same ones stand in most of them.
    """
    words, beginnings = _openings()
    return word in words or word.startswith(beginnings)


@lru_cache(maxsize=20_000)
def zone_of_words(attribute: str) -> str | None:
    """Name the zone that the words of a class, id or similar attribute tell of; None where they
    tell nothing.
    """
    words = _BREAK.sub("-", attribute).lower()
    if not any(map(_may_open, words.split("-"))):
        return None
    found = _pattern().finditer(f"-{words}-")
    return min((match.lastgroup for match in found), key=_rank().__getitem__, default=None)
