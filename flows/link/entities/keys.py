"""The keys under which merge candidates find each other in the warehouse, so that a run reads those
alone.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

from flows.annotate.entities.lexicon import lexicon, nickname_of, teams
from flows.annotate.names.nicknames import group_of
from flows.annotate.names.organisations import acronym_of, is_own_name, letters_of
from flows.annotate.names.person_name import bare, looks_like_person, parse, surnames
from flows.link.entities.forms import office, tail
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


@functools.lru_cache(maxsize=50_000)
def name_keys(name: str, label: str) -> NameKeys:
    """Return the keys of a name of type `label` (one of LABELS)."""
    if label == "PERSON":
        group, look, offers = _person(name)
    elif looks_like_person(name):  # a recogniser may have given a person another type
        group, look, offers = _person(name)[0], None, []
    elif label == "ORG":
        group, look, offers = _organisation(name)
    elif label == "NORP":
        group, look, offers = f"group {name_key(name, label)}", None, []
    else:
        group, look, offers = f"name {_head(name_key(name, label))}", None, []
    return NameKeys(
        group[:MAX_KEY_LENGTH],
        look and look[:MAX_KEY_LENGTH],
        tuple(sorted({offer[:MAX_KEY_LENGTH] for offer in offers})),
    )


def _person(name: str) -> tuple[str, str | None, list[str]]:
    who = parse(name)
    if not who.given and who.initials:
        return f"short {who.initials} {who.surname}", f"initial {who.initials[0]} {who.surname}", []
    if not who.is_full:
        return f"short {who.surname}", f"surname {who.surname}", []
    if not who.surname:
        return f"person {who.given} {who.generation}", None, [f"surname {who.given}"]
    offers = [f"surname {called}" for called in surnames(who)]
    if f"surname {who.given}" not in offers and who.given in lexicon().given:
        offers.append(f"given {who.given}")
    letters = {who.given[0], *who.initials[:1]}
    offers += [f"initial {letter} {who.surname}" for letter in letters]
    heads = (skeleton(group_of(who.given)), skeleton(bare(who.surname)))
    return " ".join(["person", *sorted(heads)]), None, offers


def _organisation(name: str) -> tuple[str, str | None, list[str]]:
    if short := acronym_of(name):
        return f"short {short}", acronym_key(short), []
    if name in teams():
        return f"short {name_key(name, 'ORG')}", f"club {name.casefold()}", []
    offers = [f"letters {letters}" for letters in letters_of(name)]
    if nickname := nickname_of(name):
        offers.append(f"club {nickname.casefold()}")
    if found := office(name):
        look = f"body {found.name}"
        if found.country is None:
            return f"short {found.name}", look, []
        return f"body {found.country} {found.name}", None, [*offers, look]
    return f"name {_head(tail(name)[0])}", None, offers


def _head(key: str) -> str:
    """Return the first word of a folded name where it is the name's own, so that names which are
    cut meet the whole ones; else the key.
    """
    first, _, rest = key.partition(" ")
    return first if rest and is_own_name([first]) else key


def acronym_key(short: str) -> str:
    """Return the key that an acronym looks up. Organisations that some article introduced by it
    offer the same; those whose letters it is offer "letters" in place of "acronym".
    """
    return f"acronym {short.casefold()}"
