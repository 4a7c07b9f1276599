"""How likely it is that two articles tell the same event, from five parts and the days between.

A logistic sum of the parts. Its seven weights are limits like the others of linking: round numbers,
one set for dated and undated articles. docs/links.md says on which articles they were chosen, and
what they gave on halves that were kept aside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

PARTS = ("text", "lead", "names", "numbers", "run", "days")
"""Cosine of all words, of title and lead, of names, of numbers; logarithm of the number of equal
runs of four words; days apart, up to a week, as a part of a week.
"""

WEIGHTS = {
    "text": 6.5,
    "lead": 7.0,
    "names": 8.0,
    "numbers": 2.5,
    "run": 0.7,
    "days": -4.0,
}
BIAS = -5.75

MAX_DAYS = 7
"""Days from which articles are equally far apart; also how far apart articles may be joined."""

MIN_TEXT = 0.05
"""Cosine of all words below which two articles are not compared."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of articles with their parts: one number a pair in each array."""

    parts: dict[str, npt.NDArray[np.float64]]

    @property
    def probability(self) -> npt.NDArray[np.float64]:
        """How likely each pair is one event."""
        total = np.full(len(self.parts["text"]), BIAS)
        for name in PARTS:
            total += WEIGHTS[name] * self.parts[name]
        return np.asarray(1 / (1 + np.exp(-total)))

    def of(self, place: int) -> dict[str, float]:
        """Return the parts of one pair, rounded for people."""
        return {name: round(float(self.parts[name][place]), 3) for name in PARTS}


def run_part(shared: Any) -> Any:
    """Return the part `run` of a number of shared shingles."""
    return np.log1p(shared)


def day_part(days: Any) -> Any:
    """Return the part `days` of the days between two articles; 0 where a date is not known."""
    return np.minimum(days, MAX_DAYS) / MAX_DAYS
