"""Proposes bounds for a source: the fewest and most articles a day that chance and the calendar
explain.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from flows.watch.chances import least_count
from flows.watch.verdicts import Outlook
from flows.watch.volume import GUARD_DAYS

RARE = 0.001
"""Probability of a day outside the bounds, on the quietest or busiest weekday: once in three years.
"""

HOLIDAY, BREAKING = 0.5, 2.0
"""A holiday has half the articles of the quietest weekday; breaking news twice those of the
busiest.
"""

ENOUGH_DAYS = 3 * GUARD_DAYS
"""Fewest days of history for a proposal: three of each weekday."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Bounds for one source; `least` is None where a day without articles is normal."""

    source_id: str
    least: int | None
    most: int
    day_count: float


def propose(outlook: Outlook) -> Proposal | None:
    """Return bounds for a source; None where its history is too short. Days inside incidents do not
    count.
    """
    profile = outlook.profile
    if profile is None or profile.day_count < ENOUGH_DAYS:
        return None
    days = profile.rate.reshape(7, 24).sum(axis=1)
    least, most = (
        float(least_count(share, np.array(day), 1 / profile.dispersion))
        for share, day in ((RARE, days.min() * HOLIDAY), (1 - RARE, days.max() * BREAKING))
    )
    return Proposal(
        outlook.source.counts.source_id,
        math.floor(least) or None,
        math.ceil(most),
        profile.day_count,
    )
