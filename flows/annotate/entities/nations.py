"""The country that a mention names by its name, adjective, people or seat of government, and words
that are places whatever the model says.
"""

from __future__ import annotations

import functools
import re

from flows.annotate.entities.lexicon import LANDS, Country, Lexicon, countries, fold
from flows.annotate.names.inland import inland

WITH_ARTICLE = frozenset("AE BS CD CF CG CZ DO GB GM KM MH NL PH SB US".split())
"""Countries whose name takes "the" inside a sentence."""

LARGE_TOWNS = "city7"
"""The list of towns of a million people and more."""


@functools.cache
def _nations() -> dict[str, Country]:
    """Return folded words → country; where two share one, the first of the file's order has it,
    names before adjectives before seats.
    """
    found: dict[str, Country] = {}
    for part in ("forms", "adjectives", "capitals", "seats"):
        for country in countries():
            for form in getattr(country, part):
                found.setdefault(fold(form.removeprefix("the ")), country)
    return found


@functools.cache
def _capitals() -> frozenset[str]:
    return frozenset(fold(capital) for country in countries() for capital in country.capitals)


@functools.cache
def longest() -> int:
    """Return the most words that name a country."""
    return max(len(words.split()) for words in _nations())


def nation(words: str) -> Country | None:
    """Return the country that `words` stand for, None where they stand for none; "us" in small
    letters is no country.
    """
    plain = " ".join(words.split())
    return (
        None
        if plain == "us"
        else _nations().get(fold(plain.removeprefix("the ").removeprefix("The ")))
    )


def is_capital(words: str) -> bool:
    """Whether `words` name a capital, a town that may stand for its country's government."""
    return fold(" ".join(words.split())) in _capitals()


def called(country: Country) -> str:
    """Return the country's name as it stands behind "of"."""
    return f"the {country.name}" if country.code in WITH_ARTICLE else country.name


_PART_FORMS = {
    "england": ("england", "english", "englishman", "englishwoman"),
    "scotland": ("scotland", "scottish", "scot", "scotsman", "scotswoman"),
    "wales": ("wales", "welsh", "welshman", "welshwoman"),
    "northern ireland": ("northern ireland", "northern irish"),
}
"""Part of a country → the words for it and for its people."""

PARTS = frozenset(form for forms in _PART_FORMS.values() for form in forms[:2])
"""Parts of a country that have bodies and parties of their own."""

_NO_PERSON = ("s", "sh", "ch", "ese", "ic", "men", "ine")
"""How words for a people end that are adjectives or plurals."""


def part(words: str) -> str | None:
    """Return the part of a country that words for a people or a place name ("Scot"), or None."""
    key = fold(words)
    return next((name for name, forms in _PART_FORMS.items() if key in forms), None)


def is_person(words: str) -> bool:
    """Whether a word for a people may be a noun for one person: "Norwegian", not "British" or
    "Norwegians".
    """
    return words in ("Czech", "Argentine") or not words.endswith(_NO_PERSON)


def gender_of_people(words: str) -> str | None:
    """Return "he" or "she" where a word for one of a people says it ("Frenchman"), else None."""
    if words.endswith("woman"):
        return "she"
    return "he" if words.endswith(("chman", "shman", "tsman")) else None


_POSSESSIVE = re.compile(r"['’]s?$")


def without_country(name: str) -> tuple[Country | None, str]:
    """Return (country, rest) of a name that has a country's first ("Kenyan …", "Kenya's …") or last
    ("… of Kenya"); (None, name) of others.

    At least one word is left.
    """
    words = name.split()
    for size in range(min(longest(), len(words) - 1), 0, -1):
        first = _POSSESSIVE.sub("", " ".join(words[:size]))
        if (found := nation(first)) and fold(first) not in PARTS:
            return found, " ".join(words[size:])
    for at in range(max(1, len(words) - longest() - 2), len(words) - 1):
        last = " ".join(words[at + 1 :])
        if words[at] == "of" and (found := nation(last)) and fold(last) not in PARTS:
            return found, " ".join(words[:at])
    return None, name


def is_land(key: str, lexicon: Lexicon) -> bool:
    """Whether one word is a country, a state, a province or a large town by the lists. A word that
    is a surname too is none, unless it is a state of the United States: hardly anybody is called
    so.
    """
    word = fold(key)
    label, source, _ = lexicon.phrases.get(word, ("", "", ""))
    is_large = source in LANDS or source == LARGE_TOWNS
    is_land = inland().get(word) == "US" or (is_large and word not in lexicon.family)
    return label == "GPE" and is_land
