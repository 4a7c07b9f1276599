"""Mentions in texts that are not English, by lists alone: people whose names are known or told,
countries, capitals and large towns.

The recogniser proper is made for English, where a capital means a name; German writes every noun
with one. Here little is found, and that little can be trusted: a table with few entities is better
than one full of nouns. What makes a person's name is `abroad`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from flows.annotate.entities.abroad import People, Word, words_of
from flows.annotate.entities.lexicon import Lexicon, lexicon
from flows.annotate.model import Mention

MAX_PHRASE = 4
"""Words in the name of a place."""

LISTS = frozenset({"country", "seat", "org"})
"""Lists that are believed without English around them; towns share their names with too many words
(Essen, Halle, Nancy), unless they have names of several words.
"""

MIN_PLACE = 5
"""Letters of a place of one word; shorter ones are the little words of some language, unless they
are capitals ("USA").
"""

MIN_SURNAME = 4
"""Letters of a surname that names its bearer again by itself."""


def find_listed(text: str) -> tuple[Mention, ...]:
    """Return the mentions of `text` in order, not overlapping; any text will do, and none
    raises.
    """
    known, words = lexicon(), words_of(text)
    people = People(text, words, known)
    found: list[Mention] = []
    surnames: dict[str, str] = {}
    taken: set[int] = set()
    at = 0
    while at < len(words):
        place = _place(words, at, text, known)
        name = 0 if place and place[0] > 1 else people.at(at)
        if name:
            full = " ".join(text[words[at].start : words[at + name - 1].end].split())
            found.append(Mention(words[at].start, words[at + name - 1].end, "PERSON", full))
            surnames.setdefault(words[at + name - 1].text, full)
        elif place:
            count, label, official = place
            start, end = words[at].start, words[at + count - 1].end
            found.append(Mention(start, end, label, official or " ".join(text[start:end].split())))
        step = name or (place[0] if place else 0)
        taken.update(range(at, at + step))
        at += step or 1
    again = (
        w
        for n, w in enumerate(words)
        if n not in taken and len(w.text) >= MIN_SURNAME and w.text in surnames
    )
    found += [Mention(w.start, w.end, "PERSON", surnames[w.text]) for w in again]
    return tuple(sorted(found, key=lambda m: m.start))


def _place(
    words: Sequence[Word], at: int, text: str, known: Lexicon
) -> tuple[int, str, str] | None:
    """Return (words, label, full name) of the longest listed name that begins at `at`, or None."""
    if not words[at].is_capital:
        return None
    for count in range(min(MAX_PHRASE, len(words) - at), 0, -1):
        some = words[at : at + count]
        if any(text[one.end : other.start] != " " for one, other in pairwise(some)):
            continue
        listed = known.phrases.get(" ".join(word.key for word in some))
        is_believed = listed is not None and (count > 1 or listed[1] in LISTS)
        if (
            listed
            and is_believed
            and (count > 1 or len(some[0].text) >= MIN_PLACE or some[0].text.isupper())
        ):
            return count, listed[0], listed[2]
    return None
