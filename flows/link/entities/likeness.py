"""Compares two full names of one group: never one entity, perhaps one (and on which evidence), or
one by their words alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flows.annotate.names.nicknames import are_related
from flows.annotate.names.organisations import may_leave_out
from flows.annotate.names.person_name import PersonName, bare, both_given, looks_like_person, parse
from flows.link.entities.evidence import FAR, NEAR
from flows.link.entities.forms import office, tail
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


SAME = Likeness("spelling", NEAR)
"""Given name and surname are equal; what differs, if anything, is a hyphen or the rest."""

EQUAL_MIDDLE = Likeness("middle", 0)


def compare(one: Name, other: Name) -> Likeness | None:
    """Return how two full names of one group may be one entity; None where they never are, such as
    two bearers of one name.
    """
    if one.plain_id is not None and one.plain_id == other.plain_id:
        return None
    if one.type == other.type == "PERSON":
        return _people(parse(one.name), parse(other.name))
    if one.type == other.type == "ORG":
        return _organisations(one.name, other.name)
    if "PERSON" in (one.type, other.type):
        return _mistaken_person(one, other)
    key = name_key(one.name, one.type)
    if key != name_key(other.name, other.type) or not _same_kind(one, other):
        return None
    return Likeness("type", 0 if " " in key and country_code(one.name) is None else NEAR)


def _mistaken_person(one: Name, other: Name) -> Likeness | None:
    """Compare a person with a name of another type: one person where the name is a person's by the
    lists and most articles take it for one.
    """
    person, thing = (one, other) if one.type == "PERSON" else (other, one)
    who = parse(person.name)
    is_one = who.is_full and looks_like_person(thing.name) and parse(thing.name) == who
    return (
        Likeness("type", NEAR) if is_one and person.article_count >= thing.article_count else None
    )


def _same_kind(one: Name, other: Name) -> bool:
    """Whether a recogniser may give one entity both types. A town and its club are two entities, a
    capital and its government are one.
    """
    types = {one.type, other.type}
    if types <= PLACES or types <= VAGUE:
        return True
    return types <= PLACES | VAGUE and country_code(one.name) is not None


def _people(one: PersonName, other: PersonName) -> Likeness | None:
    straight = _straight(one, other)
    if straight is not None:
        return straight
    turned = _words(one.given, other.surname, one.surname, other.given)
    plain = not (one.middle or other.middle or one.generation or other.generation)
    if turned is None or not plain or both_given(one.given, one.surname):
        return None
    return Likeness("order", max(NEAR, turned.needed))


def _straight(one: PersonName, other: PersonName) -> Likeness | None:
    """Compare given name with given name and surname with surname, then what stands between and
    behind.
    """
    if one.generation and other.generation and one.generation != other.generation:
        return None
    if one.initials and other.initials and one.initials[0] != other.initials[0]:
        return None
    names = _words(one.given, other.given, bare(one.surname), bare(other.surname))
    if names is None and one.surname == other.surname and are_related(one.given, other.given):
        names = Likeness("nickname", NEAR)
    middle = _middle(one.middle, other.middle)
    if names is None or middle is None:
        return None
    found = [names]
    if one.generation != other.generation:
        found.append(Likeness("generation", NEAR, is_fuller=True))
    if middle != EQUAL_MIDDLE:
        found.append(middle)
    if len(found) == 1 and one.initials != other.initials:
        found.append(Likeness("middle", 0, is_fuller=True))
    if len(found) == 1:
        return names
    if names == SAME:
        found = found[1:]
    hardest = max(found, key=lambda likeness: likeness.needed)
    return replace(
        hardest,
        is_fuller=any(likeness.is_fuller for likeness in found),
        is_slip=names.is_slip,
    )


def _middle(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness | None:
    """Compare middle names in order; None where they contradict each other. An initial stands for
    any name that begins with it.
    """
    if one == other:
        return EQUAL_MIDDLE
    if not one or not other:
        is_spelt = any(len(word) > 1 for word in (*one, *other))
        return Likeness("middle", NEAR if is_spelt else 0, is_fuller=True)
    short, long = sorted((one, other), key=len)
    if len(short) != len(long):
        is_spelt = all(len(word) > 1 for word in short)  # "W." is not the second of "H. W."
        aligned = short == long[: len(short)] or (is_spelt and short == long[-len(short) :])
        return Likeness("middle", NEAR, is_fuller=True) if aligned else None
    kinds = [_is_one_middle(a, b) for a, b in zip(short, long, strict=True)]
    if None in kinds:
        return None
    return Likeness("middle", NEAR) if "initial" in kinds else Likeness("spelling", FAR)


def _is_one_middle(one: str, other: str) -> str | None:
    if is_one_sound(one, other):
        return "sound"
    is_initial = min(len(one), len(other)) == 1 and one[0] == other[0]
    return "initial" if is_initial else None


def _words(a: str, b: str, c: str, d: str) -> Likeness | None:
    """Compare `a` with `b` and `c` with `d`: one pair must be equal, the other a spelling."""
    if a == b and c == d:
        return SAME
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
    short, long = sorted((name_key(one, "ORG").split(), name_key(other, "ORG").split()), key=len)
    if long[: len(short)] == short and may_leave_out(short, long[len(short) :]):
        return Likeness("short", FAR, is_fuller=True)
    return None
