"""The negative binomial distribution of counts: how likely a count is, and which counts are usual.

Written with `scipy.special` alone: to import `scipy.stats` takes half a second.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

Numbers = NDArray[np.float64]


def chance_of_at_most(count: Numbers, expected: Numbers, size: Numbers | float) -> Numbers:
    """Return the probability (0 to 1) of `count` articles or fewer where `expected` are.

    `size` is the distribution's: the variance is expected + expected² / size.
    """
    chance = betainc(size, np.maximum(count, 0) + 1, size / (size + expected))
    return np.where(count >= 0, chance, 0.0)


def least_count(chance: float, expected: Numbers, size: Numbers | float) -> Numbers:
    """Return the least counts, whole numbers, that articles do not exceed with a probability of
    `chance` or more (above 0, below 1).
    """
    below, enough = np.full_like(expected, -1.0), np.zeros_like(expected)
    while (short := chance_of_at_most(enough, expected, size) < chance).any():
        below, enough = np.where(short, enough, below), np.where(short, 2 * enough + 1, enough)
    while (enough - below > 1).any():
        middle = (below + enough) // 2
        reaches = chance_of_at_most(middle, expected, size) >= chance
        below, enough = np.where(reaches, below, middle), np.where(reaches, middle, enough)
    return enough
