"""Names across articles: the key that the spellings of one entity share, and the country that a
name stands for.

Names with different keys ("Xi" and "Xi Jinping") may still be one entity: `flows.link.entities`
decides that from the articles.
"""

from __future__ import annotations

import functools

from flows.annotate.entities.bodies import body
from flows.annotate.entities.lexicon import countries, lexicon
from flows.annotate.entities.nations import is_capital
from flows.annotate.names.person_name import parse
from flows.annotate.names.words import words_of

_FIRM = frozenset(
    (
        "inc",
        "ltd",
        "limited",
        "corp",
        "co",
        "plc",
        "llc",
        "gmbh",
        "ag",
        "sa",
        "nv",
        "bv",
        "llp",
        "pty",
        "bhd",
        "company",
        "corporation",
    )
)
_POLICE = frozenset(("department", "dept", "force", "service"))
"""What stands behind the name of a town's police, or is left out."""

MIN_POLICE = 3
"""Words of a name of which the last may be left out so; "Police Department" has two."""

_BRITISH = {
    "organisation": "organization",
    "centre": "center",
    "defence": "defense",
    "labour": "labor",
    "programme": "program",
    "harbour": "harbor",
}
_SAINTS = {"st": "saint", "mt": "mount", "ft": "fort"}


def name_key(name: str, label: str) -> str:
    """Return the key of a name: no case, accents, marks, possessive, leading article; by `label`
    (one of LABELS) what else differs.

    People lose titles and have one spelling of a given name; their initials and generation stay,
    since they tell people apart. Firms lose "Ltd". Countries, peoples and organisations of our
    lists have the key of their full name. Never empty where `name` is not.
    """
    words = words_of(name)
    if len(words) > 1 and words[0] in ("the", "a", "an"):
        words = words[1:]
    if label == "PERSON":
        words = parse(name).words
    else:
        words = words_of(known) if (known := _known(" ".join(words), label)) else words
    if label == "ORG":
        words = [word for word in words if word != "the"] or words
        words = [_BRITISH.get(word, word) for word in words]
        if len(words) > 1 and words[0] == "us":
            words = ["united", "states", *words[1:]]
        while len(words) > 1 and words[-1] in _FIRM:
            words = words[:-1]
        if len(words) >= MIN_POLICE and words[-2] == "police" and words[-1] in _POLICE:
            words = words[:-1]
    elif label in ("GPE", "LOC"):
        words = [_SAINTS.get(word, word) for word in words[:-1]] + words[-1:]
    return " ".join(words) or name.strip().casefold()


def country_code(name: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code (XK for Kosovo) of the country that a name stands for, or
    None.

    Countries, their short names, adjectives and peoples, and capitals and seats standing for
    governments. A name that is also another place's ("Georgia", "Santiago") is the country's.
    """
    words = words_of(name)
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return _codes().get(" ".join(words))


def state_code(name: str, label: str) -> str | None:
    """Return the code of the country that an entity of type `label` is, is the people of, or is a
    body of; None for any other.

    A capital has none: where it stands for the government, its mentions bear the country's name.
    """
    if label == "ORG":
        known = body(name)
        return known.country.code if known and known.country else None
    return None if label not in ("GPE", "NORP") or is_capital(name) else country_code(name)


@functools.cache
def capital_names() -> tuple[str, ...]:
    """Return the folded names of capitals, sorted."""
    return tuple(
        sorted({name_key(form, "GPE") for country in countries() for form in country.capitals})
    )


@functools.cache
def _codes() -> dict[str, str]:
    """Return folded name → code; where two countries share one, the first of the file's order has
    it.
    """
    codes: dict[str, str] = {}
    for part in ("forms", "adjectives", "capitals", "seats"):
        for country in countries():
            for form in getattr(country, part):
                codes.setdefault(" ".join(words_of(form.removeprefix("the "))), country.code)
    return codes


@functools.cache
def _listed() -> dict[str, tuple[str, str]]:
    """Return folded name → (label, full name) of the countries, peoples and organisations in the
    lists.
    """
    listed = {}
    for phrase, (label, source, full) in lexicon().phrases.items():
        if full and source in ("org", "place", "group"):
            listed[" ".join(words_of(phrase))] = (label, full)
    for country in countries():
        for form in country.adjectives:
            listed[" ".join(words_of(form))] = ("NORP", country.adjectives[0])
        for form in country.forms:
            listed[" ".join(words_of(form.removeprefix("the ")))] = ("GPE", country.name)
    return listed


def _known(key: str, label: str) -> str | None:
    """Return the full name that the lists have for a key, where they agree with the label."""
    kind, full = _listed().get(key, ("", ""))
    same = kind == label or {kind, label} == {"GPE", "LOC"}
    return full if same else None
