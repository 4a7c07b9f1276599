"""Compares two full names of one group: never one entity, perhaps one (and on which evidence), or
one by their words alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.link.entities.evidence import FAR, NEAR
from flows.link.entities.forms import Person, both_given, office, person, tail
from flows.link.entities.spelling import both_listed, is_near, is_one_sound
from flows.link.names import country_code, name_key

PLACES = frozenset(("GPE", "LOC"))
VAGUE = frozenset(("MISC", "EVENT", "ORG"))


@dataclass(frozen=True, slots=True)
class Name:
    """One name, or one bearer of it: its key, what articles call the entity in full, its type (one
    of LABELS), in how many articles it stands, and the key of the name alone.
    """

    name_id: str
    name: str
    type: str
    article_count: int = 1
    country_code: str | None = None
    plain_id: str | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why two names may be one (a word), and the points of evidence `needed` (0: none).

    `is_fuller`: one says more, perhaps too much. `is_slip`: they differ in a word that no list of
    names has in both spellings.
    """

    reason: str
    needed: int
    is_fuller: bool = False
    is_slip: bool = False


def compare(one: Name, other: Name) -> Likeness | None:
    """Return how two full names of one group may be one entity; None where they never are, such as
    two bearers of one name.
    """
    if one.plain_id is not None and one.plain_id == other.plain_id:
        return None
    if one.type == other.type == "PERSON":
        return _people(person(one.name), person(other.name))
    if one.type == other.type == "ORG":
        return _organisations(one.name, other.name)
    key = name_key(one.name, one.type)
    if key != name_key(other.name, other.type) or not _same_kind(one, other):
        return None
    return Likeness("type", 0 if " " in key and country_code(one.name) is None else NEAR)


def _same_kind(one: Name, other: Name) -> bool:
    """Whether a recogniser may give one entity both types. A town and its club are two entities, a
    capital and its government are one.
    """
    types = {one.type, other.type}
    if types <= PLACES or types <= VAGUE:
        return True
    return types <= PLACES | VAGUE and country_code(one.name) is not None


def _people(one: Person, other: Person) -> Likeness | None:
    straight = _words(one.first, other.first, one.last, other.last)
    if straight is not None:
        if one.middle == other.middle:
            return straight
        if not one.middle or not other.middle:
            return Likeness("middle", max(NEAR, straight.needed), is_fuller=True)
        alike = len(one.middle) == len(other.middle) and all(
            map(is_one_sound, one.middle, other.middle)
        )
        return Likeness("spelling", FAR) if alike else None
    turned = _words(one.first, other.last, one.last, other.first)
    if turned is None or one.middle or other.middle or both_given(one.first, one.last):
        return None
    return Likeness("order", max(NEAR, turned.needed))


def _words(a: str, b: str, c: str, d: str) -> Likeness | None:
    """Compare `a` with `b` and `c` with `d`: one pair must be equal, the other a spelling."""
    if a == b and c == d:
        return Likeness("spelling", NEAR)
    if a != b and c != d:
        return Likeness("spelling", FAR) if is_one_sound(a, b) and is_one_sound(c, d) else None
    one, other = (a, b) if a != b else (c, d)
    if is_one_sound(one, other):
        return Likeness("spelling", NEAR, is_slip=not both_listed(one, other))
    return Likeness("spelling", FAR, is_slip=True) if is_near(one, other) else None


def _organisations(one: str, other: str) -> Likeness | None:
    if office(one) and office(one) == office(other):
        found = office(one)
        return Likeness("body", 0) if found and found.country else None
    (rest, country), (other_rest, other_country) = tail(one), tail(other)
    if rest == other_rest and country != other_country and not (country and other_country):
        return Likeness("country", NEAR, is_fuller=True)
    return None
