"""The keys under which merge candidates find each other in the warehouse, so that a run reads those
alone.
"""

from __future__ import annotations

from typing import NamedTuple

from flows.link.entities.forms import acronym, office, person, surnames, tail
from flows.link.entities.spelling import skeleton
from flows.link.names import name_key

MAX_KEY_LENGTH = 300
"""Characters of a key; a name is never longer."""


class NameKeys(NamedTuple):
    """Full names that may be one share `group`. A short name has `look`, and may stand for any full
    name that has it among its `offers`.
    """

    group: str
    look: str | None
    offers: tuple[str, ...]


def name_keys(name: str, label: str) -> NameKeys:
    """Return the keys of a name of type `label` (one of LABELS)."""
    if label == "PERSON":
        group, look, offers = _person(name)
    elif label == "ORG":
        group, look, offers = _organisation(name)
    elif label == "NORP":
        group, look, offers = f"group {name_key(name, label)}", None, []
    else:
        group, look, offers = f"name {name_key(name, label)}", None, []
    return NameKeys(
        group[:MAX_KEY_LENGTH],
        look and look[:MAX_KEY_LENGTH],
        tuple(sorted({offer[:MAX_KEY_LENGTH] for offer in offers})),
    )


def _person(name: str) -> tuple[str, str | None, list[str]]:
    who = person(name)
    if who.initial:
        return f"short {who.initial} {who.last}", f"initial {who.initial} {who.last}", []
    if not who.is_full:
        return f"short {who.last}", f"surname {who.last}", []
    offers = [f"surname {called}" for called in surnames(who)]
    offers.append(f"initial {who.first[0]} {who.last}")
    return " ".join(["person", *sorted((skeleton(who.first), skeleton(who.last)))]), None, offers


def _organisation(name: str) -> tuple[str, str | None, list[str]]:
    if short := acronym(name):
        return f"short {short}", acronym_key(short), []
    if found := office(name):
        return f"body {found.country} {found.name}", None, []
    return f"name {tail(name)[0]}", None, []


def acronym_key(short: str) -> str:
    """Return the key that an acronym looks up; organisations that some article introduced by it
    offer the same.
    """
    return f"acronym {short.casefold()}"
