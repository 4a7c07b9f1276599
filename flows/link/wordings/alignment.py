"""Compares two wordings word by word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from flows.link.fingerprint import numbers_in

Weigh = Callable[[int], float]
"""Returns how rare a word is: 0 for one of every article, about 1 for one of a single article."""

MAX_WORDS = 400
"""Words of a wording that are compared; a longer one is a speech."""


@lru_cache(maxsize=20_000)
def numbers_of(text: str) -> tuple[int, ...]:
    """Return the words of a wording as numbers."""
    return tuple(numbers_in(text)[:MAX_WORDS])


@dataclass(frozen=True, slots=True)
class Alignment:
    """What two wordings share. `size` is the number of words of the shorter one, `run` the longest
    run of equal words, `common` all equal words in order; `share` and the weights are of the
    shorter one. Weights are sums of what `Weigh` gives. `is_equal`: both have the same words.
    """

    size: int
    run: int
    common: int
    share: float
    run_weight: float
    common_weight: float
    weight_share: float
    first: int
    last: int
    is_equal: bool

    @property
    def is_whole(self) -> bool:
        """Whether the shorter wording stands in the longer one as it is."""
        return self.size > 0 and self.run == self.size


def align(one: Sequence[int], other: Sequence[int], weigh: Weigh) -> Alignment:
    """Return what two wordings share. `first` and `last` are the places in the longer wording (in
    `other` if both have one length) where the equal words begin and end (exclusive).
    """
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    matcher = SequenceMatcher(None, short, long, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return Alignment(len(short), 0, 0, 0.0, 0.0, 0.0, 0.0, 0, 0, False)
    weights = [weigh(word) for word in short]
    common = sum(block.size for block in blocks)
    runs = [(block.size, sum(weights[block.a : block.a + block.size])) for block in blocks]
    total = sum(weights)
    common_weight = sum(weight for _, weight in runs)
    return Alignment(
        len(short),
        max(size for size, _ in runs),
        common,
        common / len(short),
        max(weight for _, weight in runs),
        common_weight,
        common_weight / total if total else 0.0,
        blocks[0].b,
        blocks[-1].b + blocks[-1].size,
        short == long,
    )
