"""Mentions in texts that are not English, by lists alone: people whose names are known, countries, capitals and large towns.

The recogniser proper is made for English, where a capital means a name; German writes every noun with one. Here little is found, and
that little can be trusted: a table with few entities is better than one full of nouns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flows.annotate.entities.lexicon import Lexicon, fold, lexicon
from flows.annotate.model import Mention

_WORD = re.compile(r"[^\W\d_]+(?:['’.‑-][^\W\d_]+)*")

PARTICLES = frozenset("von van de da di del della der den dos du la le al el bin ibn ter zu".split())
"""Words in lower case that a surname may begin with."""

LONGEST_NAME, LONGEST_PHRASE = 4, 4
"""Words in a person's name, and in the name of a place."""

LISTS = frozenset({"country", "seat", "org"})
"""Lists that are believed without English around them; towns share their names with too many words (Essen, Halle, Nancy), unless they
have names of several words."""

SHORTEST_GIVEN = 4
"""Letters of a given name; shorter ones are the little words of some language (Mit, Les, Der)."""

SHORTEST_SURNAME = 4
"""Letters of a surname that names its bearer again by itself."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    key: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


def find_listed(text: str) -> tuple[Mention, ...]:
    """Return the mentions of `text` in order, not overlapping; any text will do, and none raises."""
    known = lexicon()
    words = list(_words(text))
    found: list[Mention] = []
    surnames: dict[str, str] = {}
    taken: set[int] = set()
    at = 0
    while at < len(words):
        name = _person(words, at, text, known)
        place = None if name else _place(words, at, text, known)
        if name:
            full = text[words[at].start : words[at + name - 1].end]
            found.append(Mention(words[at].start, words[at + name - 1].end, "PERSON", " ".join(full.split())))
            surnames.setdefault(words[at + name - 1].text, " ".join(full.split()))
        elif place:
            count, label, official = place
            start, end = words[at].start, words[at + count - 1].end
            found.append(Mention(start, end, label, official or " ".join(text[start:end].split())))
        step = name or (place[0] if place else 0)
        taken.update(range(at, at + step))
        at += step or 1
    again = (w for n, w in enumerate(words) if n not in taken and len(w.text) >= SHORTEST_SURNAME and w.text in surnames)
    found += [Mention(w.start, w.end, "PERSON", surnames[w.text]) for w in again]
    return tuple(sorted(found, key=lambda m: m.start))


def _words(text: str) -> Iterator[_Word]:
    for match in _WORD.finditer(text):
        yield _Word(match[0], fold(match[0]), match.start(), match.end())


def _person(words: Sequence[_Word], at: int, text: str, known: Lexicon) -> int:
    """Return how many words of a person's name begin at `at`: a listed given name to a listed family name, blanks between; 0 for none."""
    first = words[at]
    if not first.is_capital or len(first.text) < SHORTEST_GIVEN or first.text.isupper() or first.key not in known.given:
        return 0
    count = 1
    while count < LONGEST_NAME and at + count < len(words):
        word = words[at + count]
        if text[words[at + count - 1].end : word.start] != " " or not (word.is_capital or word.text in PARTICLES):
            break
        count += 1
    while count > 1 and not words[at + count - 1].is_capital:
        count -= 1
    return count if count > 1 and words[at + count - 1].key in known.family else 0


def _place(words: Sequence[_Word], at: int, text: str, known: Lexicon) -> tuple[int, str, str] | None:
    """Return (words, label, full name) of the longest listed name that begins at `at`, or None."""
    if not words[at].is_capital:
        return None
    for count in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
        some = words[at : at + count]
        if any(text[one.end : other.start] != " " for one, other in pairwise(some)):
            continue
        listed = known.phrases.get(" ".join(word.key for word in some))
        is_believed = listed is not None and (count > 1 or listed[1] in LISTS)
        if listed and is_believed and (count > 1 or len(some[0].text) > SHORTEST_GIVEN or some[0].text.isupper()):
            return count, listed[0], listed[2]
    return None
