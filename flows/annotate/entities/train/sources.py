"""The files that articles are generated from, read once: names by culture, grammars, sentence
shapes, towns, plain words.
"""

from __future__ import annotations

import gzip
import re
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from random import Random

from flows.annotate.entities.lexicon import lexicon, lines

HERE = Path(__file__).resolve().parent
CHOICE = re.compile(r"\[([^\[\]]*)\]")


@cache
def names() -> dict[str, dict[str, list[str]]]:
    """Return culture or locale → given | family → names."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in gzip.decompress((HERE / "names.tsv.gz").read_bytes()).decode().splitlines():
        culture, kind, name = line.split("\t")
        found[culture][kind].append(name)
    return {culture: dict(kinds) for culture, kinds in found.items() if len(kinds) == 2}


@cache
def cultures() -> tuple[dict[str, str], frozenset[str]]:
    """Return (country code → culture, the cultures whose family name stands first)."""
    listed = tomllib.loads((HERE / "cultures.toml").read_text("utf-8"))
    by_code = {
        code: culture for culture, entry in listed.items() for code in entry["countries"].split()
    }
    return by_code, frozenset(
        culture for culture, entry in listed.items() if entry.get("order") == "family given"
    )


@cache
def grammar() -> dict[str, list[str]]:
    """Return the patterns of grammar.toml by entry."""
    return {
        key: value.strip().split("\n")
        for key, value in tomllib.loads((HERE / "grammar.toml").read_text("utf-8")).items()
    }


@cache
def shapes(name: str) -> tuple[str, ...]:
    """Return the lines of templates.txt or paragraphs.txt."""
    return tuple(
        line
        for line in (HERE / name).read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    )


@cache
def towns() -> dict[str, list[str]]:
    """Return country code → towns in the lists, and country code with "r" → its regions."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines("cities.txt.gz"):
        name, code, size = line.split("\t")
        if size != "0" or len(name) < 20:
            found[f"{code}{'r' if size == '0' else ''}"].append(_spelt(name))
    return dict(found)


@cache
def plain_words(level: int) -> list[str]:
    """Return plain words up to a level of SCOWL, the shortest left out."""
    return [
        word
        for word, known in lexicon().common.items()
        if known <= level and len(word) > (3 if level <= 20 else 1)
    ]


def choose(dice: Random, shape: str) -> str:
    """Return the shape with one of each "[a|b]" taken, the innermost first."""
    while True:
        chosen = CHOICE.sub(lambda match: dice.choice(match.group(1).split("|")), shape)
        if chosen == shape:
            return chosen
        shape = chosen


def _spelt(name: str) -> str:
    return (
        name.title()
        .replace(" De ", " de ")
        .replace(" Of ", " of ")
        .replace(" And ", " and ")
        .replace("'S", "'s")
    )
