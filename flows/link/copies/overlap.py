"""How much of their text two articles share, and whether one is a copy of the other."""

from __future__ import annotations

from dataclasses import dataclass

from flows.link.average_link import Rule
from flows.link.fingerprint import SHINGLE_WORDS

RULE = Rule(min_mean=0.36)
"""Mean overlap from which texts are copies. A copy that was cut, respelled or reworded all over has
0.4 and more. A follow-up that repeats its background, or an article with a company's paragraph
about itself, stays below (docs/links.md).
"""

MIN_WORDS = 25
"""Shortest text that can be a copy: shorter ones are notices that recur by chance."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Shared shingles of two texts: as a share of the shorter text and of both together, 0 to 1."""

    of_shorter: float
    of_both: float

    @property
    def score(self) -> float:
        """What decides: the mean of both. One alone would join a paragraph in a long text, or part
        a text that was cut from its original.
        """
        return (self.of_shorter + self.of_both) / 2


def overlap(shared: int, one: int, other: int) -> Overlap:
    """Return the overlap of two texts of `one` and `other` shingles that share `shared`."""
    if min(one, other) < MIN_WORDS - SHINGLE_WORDS + 1:
        return Overlap(0.0, 0.0)
    return Overlap(shared / min(one, other), shared / max(1, one + other - shared))
