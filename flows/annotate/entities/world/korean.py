"""Entities in Korean: words are divided by spaces and carry particles at their end.

People are found by a family name of one syllable with two more, beside an office or an honorific;
organisations and places by lists and by their last syllables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.annotate.entities.world.cues import cues
from flows.annotate.entities.world.gazetteer import LABELS, gazetteer

Labelled = tuple[int, int, str]

WORD = re.compile(r"[\uac00-\ud7a3A-Za-z0-9][\uac00-\ud7a3A-Za-z0-9·&-]*")
FULL_NAME = 3
"""Syllables of a usual full name."""

MIN_ORG = 3
"""Syllables of an organisation that is found by its ending, and of a place."""


def label_korean(text: str) -> list[Labelled]:
    """Return (start, end, label) of the names in a text, in order."""
    if cues("hangul") is None:
        return []
    words = [(match[0], match.start(), match.end()) for match in WORD.finditer(text)]
    people: set[str] = set()
    found: list[Labelled] = []
    for at, (word, start, _) in enumerate(words):
        after = words[at + 1][0] if at + 1 < len(words) else ""
        beside = at + 1 < len(words) and words[at + 1][1] == words[at][2] + 1
        before = words[at - 1][0] if at and words[at - 1][2] + 1 == start else ""
        size, label = _name(word, after if beside else "", before)
        if size:
            found.append((start, start + size, label))
            if label == "PERSON" and size == FULL_NAME:
                people.add(word[:size])
    taken = {start for start, *_ in found}
    for word, start, _ in words:
        if start not in taken and word[:FULL_NAME] in people:
            found.append((start, start + FULL_NAME, "PERSON"))
    return sorted(found)


def stripped(word: str) -> Iterator[str]:
    """Yield a word, then the word without each particle that it may end with."""
    yield word
    known = cues("hangul")
    for particle in known.particles if known else ():
        if word.endswith(particle) and len(word) > len(particle) + 1:
            yield word[: -len(particle)]


def _name(word: str, after: str, before: str) -> tuple[int, str]:
    """Return (letters, label) of the name that a word begins with; (0, "") for none."""
    known, lists = cues("hangul"), gazetteer("hangul")
    if known is None:
        return 0, ""
    for bare in stripped(word):
        kind = lists.kinds.get(bare)
        if kind and len(bare) > 1:
            label = LABELS[kind]
            return len(bare), "ORG" if label == "ORG" else "PLACE"
    size = _person(word, after, before)
    if size:
        return size, "PERSON"
    for bare in stripped(word):
        if len(bare) < MIN_ORG or bare in known.small:
            continue
        ends_body = bare.endswith(known.org_end)
        if ends_body and any(
            bare.endswith(end) and len(bare) > len(end) + 1 for end in known.org_end
        ):
            return len(bare), "ORG"
        is_place = bare.endswith(known.place_end)
        near_place = bare[:-1] in lists.kinds or before in lists.kinds
        if is_place and (near_place or bare.endswith(("특별시", "광역시"))):
            return len(bare), "PLACE"
    return 0, ""


def _person(word: str, after: str, before: str) -> int:
    """Return how many letters of a word are a person's name."""
    known, lists = cues("hangul"), gazetteer("hangul")
    if known is None or not word or word[0] not in known.surnames or word[:2] in known.small:
        return 0
    office = next((h for h in known.honorific if after.startswith(h)), "")
    for bare in stripped(word):
        glued = next((h for h in known.honorific if bare.endswith(h) and len(bare) > len(h)), "")
        name = bare[: len(bare) - len(glued)] if glued else bare
        if glued and len(name) in (1, FULL_NAME) and (len(name) > 1 or glued == "씨"):
            return len(name)
        if len(bare) == FULL_NAME:
            listed = bare[1:] in lists.given
            titled = any(before.endswith(title) for title in known.title)
            if listed and (office or titled or bare != word):
                return FULL_NAME
            if office or titled:
                return FULL_NAME
    if len(word) == 1 and (after.startswith("씨") or office):
        return 1
    return 0
