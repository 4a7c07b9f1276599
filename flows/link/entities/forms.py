"""The parts of a name that the decision needs: a person's words, an organisation's country, an
acronym.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from flows.annotate.entities.bodies import body
from flows.annotate.entities.lexicon import lexicon
from flows.annotate.entities.nations import longest, without_country
from flows.link.names import country_code, name_key

_LOWER_PARTICLE = re.compile(
    r"(?:van der|van den|de la|de los|von|van|de|da|dos|do|du|del|della|di|bin|ibn|al|el|ter|ten)\s"
    r"|(?:[Aa]l|[Ee]l|[Aa]bu)[-‑]"
)
_PARTICLES = frozenset(
    "al el abu bin ibn ben van von der den ter ten de la los da dos do du del della di le".split()
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]?){1,4}(?=[^\W\d_]{2})")
_ACRONYM = re.compile(r"[A-Z]{2,8}")
_JOINERS = frozenset("of for the and on in de".split())
_MINISTRY = frozenset(("ministry", "department"))
_PORTFOLIOS = {"foreign affairs": "foreign", "defence": "defense", "internal affairs": "interior"}


@dataclass(frozen=True, slots=True)
class Person:
    """A person's folded words. `initial` stands for the given name where that is all there is;
    `first` is empty in a surname alone.
    """

    first: str
    middle: tuple[str, ...]
    last: str
    initial: str = ""

    @property
    def is_full(self) -> bool:
        """Given name and surname are there."""
        return bool(self.first)


@functools.lru_cache(maxsize=100_000)
def person(name: str) -> Person:
    """Return the parts of a person's name; a name that opens with a particle ("van Dorn",
    "Al-Karmi") is a surname.
    """
    words = name_key(name, "PERSON").split()
    if not words:
        return Person("", (), "")
    untitled = " ".join(name.split()[-len(words) :])
    if len(words) == 1 or (
        _LOWER_PARTICLE.match(untitled) and all(word in _PARTICLES for word in words[:-1])
    ):
        return Person("", (), " ".join(words))
    if len(words[0]) == 1 or _INITIALS.match(untitled):
        return Person("", (), words[-1], initial=words[0][0])
    return Person(words[0], tuple(words[1:-1]), words[-1])


def surnames(who: Person) -> list[str]:
    """Return the words by which a full name may be called short: the last, with its particles, and
    the first if it may be the family's.
    """
    found = [who.last]
    words = list(who.middle)
    while words and words[-1] in _PARTICLES:
        found.append(f"{words.pop()} {found[-1]}")
    if may_open(who.first):
        found.append(who.first)
    return found


def may_open(word: str) -> bool:
    """Whether a family name may be what stands first: the lists hold it as one, or not as a given
    name.
    """
    known = lexicon()
    return word in known.family or word not in known.given


def both_given(one: str, other: str) -> bool:
    """Whether both words are given names, so that their order tells two people apart (Marco Paolo,
    Paolo Marco).
    """
    given = lexicon().given
    return one in given and other in given


@dataclass(frozen=True, slots=True)
class Office:
    """A body of a state: of which country (None where the name does not say), and its folded name
    without it.
    """

    country: str | None
    name: str


@functools.lru_cache(maxsize=100_000)
def office(name: str) -> Office | None:
    """Return what "Kenya's Supreme Court" and "Supreme Court of Kenya", "X Ministry" and "Ministry
    of X" share; None for no body.
    """
    country, rest = without_country(name)
    joined = name_key(rest, "ORG")
    code = country.code if country else None
    for head in _MINISTRY:
        if joined.startswith((f"{head} of ", f"{head} for ")):
            portfolio = joined.split(" ", 2)[2]
        elif joined.endswith(f" {head}") and head == "ministry":
            portfolio = joined.removesuffix(f" {head}")
        else:
            continue
        return Office(code, f"ministry {_PORTFOLIOS.get(portfolio, portfolio)}")
    return Office(code, joined) if body(name) else None


def tail(name: str) -> tuple[str, str]:
    """Return (rest, country code) of an organisation whose name ends in "of" a country; the code is
    empty for any other.

    Two words must be left, one of them no plain English: "Supreme Court of" any country is a
    different court each.
    """
    words = name_key(name, "ORG").split()
    for size in range(min(longest(), len(words) - 3), 0, -1):
        if words[-size - 1] == "of" and (code := country_code(" ".join(words[-size:]))):
            rest = words[: -size - 1]
            common = lexicon().common
            return (
                (" ".join(rest), code)
                if any(word not in common for word in rest)
                else (" ".join(words), "")
            )
    return " ".join(words), ""


def acronym(name: str) -> str:
    """Return the folded acronym that a name is; empty for a name that is none."""
    return name.casefold() if _ACRONYM.fullmatch(name) else ""


def spells(short: str, words: str) -> bool:
    """Whether the letters of an acronym are the first letters of words, with or without the small
    ones.
    """
    parts = words.split()
    return short in (
        "".join(w[0] for w in parts),
        "".join(w[0] for w in parts if w not in _JOINERS),
    )
