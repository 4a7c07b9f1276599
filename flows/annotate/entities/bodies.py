"""Names of bodies that many countries have ("Health Ministry", "Supreme Court"): the country is
added to the name.

The country is the one in the same phrase, else the one given elsewhere with the same body, else the
one that the article is about. Where none is clear, the name stays as it is: no country is better
than a wrong one.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from flows.annotate.entities.lexicon import Country, countries, fold, lexicon, lines
from flows.annotate.entities.nations import PARTS, called, nation, without_country
from flows.annotate.model import Mention
from flows.annotate.names.inland import inland, short_bodies, tagged

PREFIXES = frozenset(("national", "federal", "central", "state"))
"""Words before a listed body that make it no other country's kind."""

MINISTRIES = re.compile(
    r"(?:the )?(?:ministry|department|secretariat) (?:of|for) (?P<of>.+)|(?P<before>.+) ministry"
)
"""A ministry by its form; what it is for must be plain English."""

MIN_NAMED, SHARE = 3, 0.6
"""An article is about a country that is named at least so often and has this share of all mentions
of countries.
"""

PREMODIFIED = re.compile(
    r"(?:['’]s?)? (?:(?!(?:the|an?|its|his|her|their|and|or|but|that|to|with|in|of|by|on|for) )"
    r"[a-z-]+ ){0,2}"
)
"""Between a country and its body: "Kenyan", "Kenya's", "Kenya's powerful"; "the" or a preposition
begins another phrase ("Kenya asked the")."""

POSTMODIFIED = re.compile(r",? (?:of|in|for) (?:the )?")
"""Between a body and its country: "of Kenya", "in Kenya"."""

MIN_INSIDE = 2
"""How often an article must name parties, chambers and states of its country."""

SMALL = frozenset(("of", "and", "the", "for"))


class Body(NamedTuple):
    """A body of a state: its country where the name says it, and the name without it."""

    country: Country | None
    core: str


@functools.cache
def _listed() -> frozenset[str]:
    return frozenset(lines("bodies.txt"))


@functools.lru_cache(maxsize=50_000)
def body(name: str) -> Body | None:
    """Return the body of a state that `name` is, None where its name is its own."""
    country, core = without_country(" ".join(name.split()))
    return (
        Body(country, core.removeprefix("the ").removeprefix("The "))
        if _is_common(fold(core))
        else None
    )


def _is_common(core: str) -> bool:
    """Whether other countries have one of this folded name."""
    plain = core.removeprefix("the ")
    first, _, rest = plain.partition(" ")
    if plain in _listed() or (first in PREFIXES and rest in _listed()):
        return True
    ministry = MINISTRIES.fullmatch(plain)
    purpose = re.findall(r"[^\W\d_]+", (ministry["of"] or ministry["before"]) if ministry else "")
    common = lexicon().common
    return bool(purpose) and all(word in common or word in SMALL for word in purpose)


def name_bodies(
    text: str, mentions: Sequence[Mention], home: str | None = None
) -> tuple[Mention, ...]:
    """Return the mentions of `text` with the country added to the names of bodies of states, where
    it is known.

    `home` is the country code of the outlet. It is used where the article names no country at all.
    """
    lands = {
        index: land
        for index, m in enumerate(mentions)
        if m.label in ("GPE", "NORP") and (land := nation(m.name)) and fold(m.name) not in PARTS
    }
    subject = _subject(text, mentions, lands, home)
    whole = short_bodies(subject.code) if subject else {}
    found = {
        index: known
        for index, m in enumerate(mentions)
        if m.label == "ORG" and (known := body(whole.get(fold(m.name), m.name)))
    }
    if not found:
        return tuple(mentions)
    owners = {
        index: known.country
        or _printed(text, mentions[index])
        or _beside(text, mentions, lands, index)
        for index, known in found.items()
    }
    told: dict[str, set[str]] = defaultdict(set)
    for index, owner in owners.items():
        if owner is not None:
            told[fold(found[index].core)].add(owner.code if owner else "")
    is_inside = any(inland().get(fold(m.name)) for m in mentions)
    named = list(mentions)
    for index, known in found.items():
        told_of, owner = told[fold(known.core)], owners[index]
        if owner is None:
            owner = (
                _by_code().get(next(iter(told_of)))
                if len(told_of) == 1
                else None
                if told_of
                else subject
                if is_inside or not lands or not fold(known.core).endswith("party")
                else None  # a party of the country that somebody visits is no likelier
            )
        if owner and not known.country:
            named[index] = replace(mentions[index], name=f"{known.core} of {called(owner)}")
    return tuple(named)


def _printed(text: str, mention: Mention) -> Country | None:
    """Return the country in the printed name of a body whose full name leaves it out ("U.S. Supreme
    Court").
    """
    return without_country(" ".join(text[mention.start : mention.end].split()))[0]


def _beside(
    text: str, mentions: Sequence[Mention], lands: Mapping[int, Country], index: int
) -> Country | Literal[""] | None:
    """Return the country in one phrase with the body, before it or behind; "" where another place
    or people stands there, else None.
    """
    mine = mentions[index]
    for other, joint in ((index - 1, PREMODIFIED), (index + 1, POSTMODIFIED)):
        if not 0 <= other < len(mentions) or mentions[other].label not in ("GPE", "NORP"):
            continue
        first, second = sorted((mine, mentions[other]), key=lambda m: m.start)
        if joint.fullmatch(text[first.end : second.start]):
            return lands.get(other, "")
    return None


def _subject(
    text: str, mentions: Sequence[Mention], lands: Mapping[int, Country], home: str | None
) -> Country | None:
    """Return the country that the article is about; the outlet's own where it names none.

    Whose parties, chambers and states it names counts before whose name: an article on how one
    country deals with another names the other more often. The state behind one politician's name
    says less: it counts where no other country is named.
    """
    inside = Counter(code for m in mentions if (code := inland().get(fold(m.name))))
    if tagged(text) and {land.code for land in lands.values()} <= {"US"}:
        inside["US"] += MIN_INSIDE
    if inside:
        (code, count), *others = inside.most_common(2)
        is_clear = count >= MIN_INSIDE and not (others and others[0][1] == count)
        return _by_code().get(code) if is_clear else None
    counts = Counter(land.code for land in lands.values())
    if not counts:
        return _by_code().get(home or "")
    code, count = counts.most_common(1)[0]
    return _by_code()[code] if count >= MIN_NAMED and count >= SHARE * counts.total() else None


@functools.cache
def _by_code() -> dict[str, Country]:
    return {country.code: country for country in countries()}
