"""Finds quoted words that another article prints as its own, without marks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flows.link.wordings.alignment import Weigh, align, numbers_of

KEY_WORDS = 3
"""Words in a row that a narration shares with the quotation."""

MIN_WORDS, MIN_WEIGHT = 5, 1.3
"""Equal words, and their weight, of a narration: fewer are a phrase that anybody uses."""

MIN_SHARE, MIN_DENSITY = 0.6, 0.6
"""Part of the quoted sentence that is told, and of the told words that are equal."""

MIN_RUN, MIN_RUN_SHARE = 7, 0.5
"""Run of equal words, and the part of the sentence's weight that is told, which decide alone: so
long a run is no chance, however common its words are.
"""

CLAUSE_END = re.compile(r"(?<=[.!?,;:。！？，；])[\"”’»]?\s+")

Places = Mapping[tuple[int, ...], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Narrated:
    """Words `first` to `last` (exclusive) of an article that tell a quotation; `score` is the part
    of the quoted sentence that is told.
    """

    first: int
    last: int
    score: float


def runs_of(sentences: Iterable[Sequence[int]]) -> set[tuple[int, ...]]:
    """Return the runs of three words of some sentences."""
    return {run for words in sentences for run in _runs(words)}


def places_of(words: Sequence[int], wanted: Container[tuple[int, ...]]) -> Places:
    """Return where the `wanted` runs of three words stand in an article."""
    found: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for place, run in enumerate(_runs(words)):
        if run in wanted:
            found[run].append(place)
    return found


def _runs(words: Sequence[int]) -> Iterator[tuple[int, ...]]:
    return zip(*(words[n:] for n in range(KEY_WORDS)), strict=False)


def sentences(text: str) -> list[tuple[int, ...]]:
    """Return the clauses of a quotation that are long enough to be told, and the whole of it."""
    parts = [numbers_of(part) for part in CLAUSE_END.split(text)]
    whole = numbers_of(text)
    kept = [part for part in parts if len(part) >= MIN_WORDS]
    return kept if kept == [whole] or len(whole) < MIN_WORDS else [*kept, whole]


def find_narrated(
    quoted: Sequence[Sequence[int]], words: Sequence[int], places: Places, weigh: Weigh
) -> Narrated | None:
    """Return where an article of `words` tells one of the `quoted` sentences best, or None."""
    best: Narrated | None = None
    for sentence in quoted:
        anchors: set[int] = set()
        for n, run in enumerate(_runs(sentence)):
            anchors.update(at - n for at in places.get(run, ()))
        for begin in sorted({max(0, anchor) // 8 * 8 for anchor in anchors}):
            start = max(0, begin - 8)
            around = words[start : start + len(sentence) + 24]
            told = _told(sentence, around, start, weigh)
            if told and (best is None or told.score > best.score):
                best = told
    return best


def _told(
    sentence: Sequence[int], around: Sequence[int], start: int, weigh: Weigh
) -> Narrated | None:
    if len(around) < len(sentence):
        around = [*around, *[-1] * (len(sentence) - len(around) + 1)]
    found = align(sentence, around, weigh)
    length = found.last - found.first
    if found.common < MIN_WORDS or found.common < MIN_DENSITY * length:
        return None
    is_run = found.run >= MIN_RUN and found.weight_share >= MIN_RUN_SHARE
    is_told = (
        found.common_weight >= MIN_WEIGHT
        and found.share >= MIN_SHARE
        and found.weight_share >= MIN_SHARE
    )
    if not (is_told or is_run):
        return None
    return Narrated(start + found.first, start + found.last, round(found.share, 3))
