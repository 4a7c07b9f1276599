"""Whether two names of one article may be one person's."""

from __future__ import annotations

from flows.annotate.entities.lexicon import lexicon
from flows.annotate.names.nicknames import are_related
from flows.annotate.names.person_name import PersonName, bare, surnames
from flows.annotate.names.words import distance

MIN_SLIP = 4
"""The fewest letters of a surname that may be misspelt."""


def is_plainly_one(one: PersonName, other: PersonName) -> bool:
    """Whether two full names differ in initials and middle names alone."""
    return one.given == other.given and one.generation == other.generation


def may_be_one(one: PersonName, other: PersonName) -> bool:
    """Whether two full names of one article may be one person's."""
    if one.surname != other.surname and bare(one.surname) != bare(other.surname):
        return _is_shortened(one, other) or _is_shortened(other, one)
    if one.generation and other.generation and one.generation != other.generation:
        return False
    if not one.given or not other.given:
        return False
    initials = one.initials and other.initials and one.initials[0] != other.initials[0]
    return not initials and are_related(one.given, other.given) and _middles_agree(one, other)


def _is_shortened(short: PersonName, long: PersonName) -> bool:
    """Whether one name leaves the other's last surname out ("Vicente Fox", "Vicente Fox
    Quesada").
    """
    return (
        bool(short.given)
        and short.given == long.given
        and not short.middle
        and short.surname in surnames(long)[1:]
    )


def _middles_agree(one: PersonName, other: PersonName) -> bool:
    mine, theirs = one.middle, other.middle
    if not mine or not theirs:
        return True
    return all(a.startswith(b) or b.startswith(a) for a, b in zip(mine, theirs, strict=False))


def is_slip(word: str, surname: str) -> bool:
    """Whether a word that no list has is a surname with one letter wrong, which is neither the
    first nor the last.
    """
    known = lexicon()
    return (
        min(len(word), len(surname)) >= MIN_SLIP
        and word[0] == surname[0]
        and word[-1] == surname[-1]
        and word not in known.family
        and word not in known.given
        and distance(word, surname) == 1
    )
