"""Who printed a text first, and what a copy changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal

import numpy as np

from flows.link.copies.overlap import Overlap, overlap
from flows.link.fingerprint import Numbers, fold_word, numbers_in, shingles

Why = Literal["credited", "published first", "seen first"]

MIN_KEPT = 0.5
"""Part of a paragraph's shingles that stand in the other text: then the paragraph is in both."""

MIN_PARAGRAPH = 8
"""Words of the shortest paragraph that is reported as added or cut."""

MAX_PARAGRAPHS, MAX_CHARACTERS = 12, 400
"""Paragraphs that are reported of each kind, and how much of each."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One article of a group of copies. `names` are names of its outlet; `credits` is the outlet
    that it says it took the text from.
    """

    article_id: str
    names: tuple[str, ...]
    credits: str | None
    published_at: datetime | None
    first_seen_at: datetime


def original_of(group: Sequence[Printed]) -> tuple[str, Why]:
    """Return the article that printed the text first, and why it is taken for the original.

    An article whose outlet the others credit is the original; else the one published first, of
    those that credit nobody if there are any; else the one seen first.
    """
    credited = {plain_outlet(p.credits) for p in group if p.credits}
    named = [p for p in group if not p.credits and credited & {plain_outlet(n) for n in p.names}]
    if named:
        return _earliest(named).article_id, "credited"
    own = [p for p in group if not p.credits] or list(group)
    if any(p.published_at for p in own):
        return _earliest(own).article_id, "published first"
    return min(own, key=lambda p: (p.first_seen_at, p.article_id)).article_id, "seen first"


def _earliest(group: Sequence[Printed]) -> Printed:
    return min(
        group,
        key=lambda p: (
            p.published_at is None,
            p.published_at or p.first_seen_at,
            p.first_seen_at,
            p.article_id,
        ),
    )


def plain_outlet(name: str) -> str:
    """Return an outlet's name or domain without what varies: `www.`, the last part of the
    domain.
    """
    words = [fold_word(word) for word in name.removeprefix("www.").split(".")[0].split()]
    return "".join(word for word in words if word != "the").replace("-", "")


def compare_texts(original: str, copy: str) -> tuple[Overlap, list[str], list[str]]:
    """Return how much two texts share, and the paragraphs that the copy added and cut, in order."""
    first, second = original.split("\n"), copy.split("\n")
    own, its = (
        shingles([word for line in text for word in _numbers(line)]) for text in (first, second)
    )
    shared = overlap(len(np.intersect1d(own, its, assume_unique=True)), len(own), len(its))
    kept = set(first) & set(second)
    return shared, _absent(second, kept, own), _absent(first, kept, its)


@lru_cache(maxsize=2_000)
def _numbers(line: str) -> tuple[int, ...]:
    return tuple(numbers_in(line))


def _absent(lines: list[str], kept: set[str], known: Numbers) -> list[str]:
    """Return the lines that are not `kept` and whose shingles are mostly not `known`."""
    found = []
    for line in lines:
        if line in kept or len(words := _numbers(line)) < MIN_PARAGRAPH:
            continue
        own = shingles(words)
        if len(np.intersect1d(own, known, assume_unique=True)) < MIN_KEPT * len(own):
            found.append(line[:MAX_CHARACTERS])
    return found[:MAX_PARAGRAPHS]
