"""Namesakes: what articles say of the bearers of one name, and when that makes two people of them.

One name is one person until its articles disagree on the country, the occupation or the age and
name nobody and nothing in common. Measured: of 1,391 pairs of real articles with one name, nearly
all of one person, one pair is separated; of pairs of different people who were given one name, 4 %
are separated, and half of those with two articles each. Here a wrong split is worse than a wrong
merge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from flows.annotate.entities.person_attributes import far_occupations
from flows.link.entities.evidence import Evidence

BOUND = frozenset(("office", "law", "force"))
"""Occupations that bind a person to one country: a senator of one is no minister of another."""

FAR_YEARS = 8
"""Years between two births that no misprint and no birthday explains."""

MAX_BEARERS = 12
"""Sets of attributes of a name that are weighed, those of most articles first; the rest belongs to
the foremost bearer.
"""

SURE_DOUBTS = 2
"""Points against one person that another age alone makes."""

ENOUGH = 2
"""Articles that each side needs before the countries they are about count, where neither side says
what the person does.
"""


@dataclass(frozen=True, slots=True)
class PersonAttributes:
    """What articles say of a bearer: occupation, country and whether the text gives it as the
    person's own, year of birth. None: not said.
    """

    occupation: str | None = None
    country: str | None = None
    is_told: bool = False
    born: int | None = None

    def __str__(self) -> str:
        """Return it as one text, such as "sport ES told 1990"; "-" is what is not said."""
        told = "told" if self.is_told else "-"
        return f"{self.occupation or '-'} {self.country or '-'} {told} {self.born or '-'}"


NOTHING = PersonAttributes()


def read_said(text: str | None) -> PersonAttributes:
    """Return what `str` made a text of; nothing for None."""
    if not text:
        return NOTHING
    occupation, country, told, born = (None if part == "-" else part for part in text.split(" "))
    return PersonAttributes(occupation, country, told is not None, int(born) if born else None)


@dataclass(frozen=True, slots=True)
class Bearing:
    """One name with what some articles say of its bearer. `plain_id` is the key of the name
    alone.
    """

    name_id: str
    plain_id: str
    said: PersonAttributes = NOTHING
    article_count: int = 1


def doubts(one: PersonAttributes, other: PersonAttributes) -> int:
    """Return the points against one person: one for another country or a far occupation, two for
    another age.
    """
    points = 0
    differ = bool(one.country and other.country and one.country != other.country)
    points += differ
    if one.occupation and one.occupation == other.occupation:
        points += 1 if differ and one.is_told and other.is_told and one.occupation in BOUND else -1
    elif (one.occupation, other.occupation) in far_occupations():
        points += 1
    if one.born and other.born and abs(one.born - other.born) >= FAR_YEARS:
        points += 2
    return points


def are_two(one: Bearing, other: Bearing, evidence: Evidence) -> bool:
    """Whether two bearings of one name are two people: they differ, and their articles share nobody
    and no place.
    """
    points = doubts(one.said, other.said)
    if points < 1 or evidence.telling:
        return False
    is_described = any(said.occupation or said.born for said in (one.said, other.said))
    return points > 1 or (
        not evidence.plain
        and (is_described or min(one.article_count, other.article_count) >= ENOUGH)
    )


def doubtful(bearings: Sequence[Bearing]) -> list[tuple[str, str]]:
    """Return the pairs of one name's bearings that the articles must settle, the lesser key
    first.
    """
    weighed = sorted(ranked(bearings)[:MAX_BEARERS], key=lambda b: b.name_id)
    return [
        (one.name_id, other.name_id)
        for one, other in combinations(weighed, 2)
        if doubts(one.said, other.said) > 0
    ]


def ranked(bearings: Sequence[Bearing]) -> list[Bearing]:
    """Return the bearings in order of articles, then key."""
    return sorted(bearings, key=lambda b: (-b.article_count, b.name_id))


def people(
    bearings: Sequence[Bearing],
    evidence: Mapping[tuple[str, str], Evidence],
    *,
    is_split: bool = False,
) -> list[list[Bearing]]:
    """Return the bearings of one name by person, the foremost person first.

    A bearing joins the person with whom it has most in common and who does not contradict it; a
    bearing without attributes joins the foremost person. What says less than another of a person's
    bearings is not compared: the fuller one speaks for it. `is_split`: somebody has separated this
    name's bearers, so that each set of attributes is a person; bearings without any come first.
    """
    found: list[list[Bearing]] = []
    order = ranked(bearings)
    silent = [b for b in order if b.said == NOTHING]
    if is_split:
        return [silent] * bool(silent) + [[b] for b in order if b.said != NOTHING]
    for bearing in (b for b in order[:MAX_BEARERS] if b.said != NOTHING):
        mine = _person(bearing, found, evidence)
        if mine is None:
            found.append([bearing])
        else:
            mine.append(bearing)
    found = _joined(found)
    found.sort(key=lambda some: (-sum(b.article_count for b in some), some[0].name_id))
    rest = [*(b for b in order[MAX_BEARERS:] if b.said != NOTHING), *silent]
    if not found:
        return [rest]
    found[0] += rest
    return found


def _joined(found: Sequence[list[Bearing]]) -> list[list[Bearing]]:
    """Return the people with those made one whose bearings do the same, where no age tells them
    apart. Which bearing came first must not matter.
    """
    joined: list[list[Bearing]] = []
    for some in found:
        points = ([doubts(a.said, b.said) for a, b in product(other, some)] for other in joined)
        same = (
            other
            for other, between in zip(joined, points, strict=True)
            if min(between) < 0 and max(between) < SURE_DOUBTS
        )
        if (mine := next(same, None)) is not None:
            mine += some
        else:
            joined.append(some)
    return joined


def _person(
    bearing: Bearing, found: Sequence[list[Bearing]], evidence: Mapping[tuple[str, str], Evidence]
) -> list[Bearing] | None:
    """Return the person of `found` that a bearing is, None where it is another."""
    open_to = []
    for some in found:
        pairs = [
            (other, evidence.get(_pair(bearing.name_id, other.name_id), Evidence()))
            for other in some
        ]
        shared = sum(facts.telling for _, facts in pairs)
        agrees = any(doubts(bearing.said, other.said) < 0 for other in some)
        if (
            shared
            or agrees
            or not any(
                are_two(bearing, other, facts)
                for other, facts in pairs
                if not any(_says_less(other.said, fuller.said) for fuller in some)
            )
        ):
            open_to.append(
                (shared, max(_agreement(bearing.said, other.said) for other in some), some)
            )
    return max(open_to, key=lambda option: option[:2])[2] if open_to else None


def _says_less(one: PersonAttributes, other: PersonAttributes) -> bool:
    """Whether all that one says, and not all that the other says, is said by both."""
    told = [
        (a, b)
        for a, b in (
            (one.occupation, other.occupation),
            (one.country, other.country),
            (one.born, other.born),
        )
        if a != b
    ]
    return bool(told) and all(a is None for a, _ in told)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _agreement(one: PersonAttributes, other: PersonAttributes) -> int:
    """Return how many things both say alike."""
    return sum(
        a is not None and a == b
        for a, b in (
            (one.occupation, other.occupation),
            (one.country, other.country),
            (one.born, other.born),
        )
    )
