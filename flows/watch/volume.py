"""Compares numbers of articles: time since the last one, and sums over one, three and seven
days.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from flows.watch.counts import Counts, Hours, Mask
from flows.watch.limits import Limits
from flows.watch.profile import Profile
from flows.watch.seasonal_factor import DAYS

WINDOWS = (1, 3, 7)
"""Windows in days: one day shows the outage of a large source; a leak, or a small source, needs
seven.
"""

GUARD_DAYS = 7
"""Last days that are not learned from, where there are enough others: they are what is compared."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One comparison over `days` days: articles seen and articles expected."""

    is_well: bool
    seen: float
    expected: float
    days: float


def expected_hours(counts: Counts, profile: Profile, calm: Hours) -> Hours:
    """Return the articles expected in each of the last DAYS · 24 hours, seasonal factors
    included.
    """
    hours = counts.hour_of_week()[-DAYS * 24 :]
    return profile.rate[hours] * np.repeat(calm, 24)[-len(hours) :]


def judge_silence(counts: Counts, profile: Profile, calm: Hours, limits: Limits) -> Finding:
    """Compare the time since the last article with what was expected in it."""
    since = np.flatnonzero(counts.articles)
    quiet = len(counts.articles) - 1 - int(since[-1]) if since.size else len(counts.articles)
    hours = expected_hours(counts, profile, calm)
    expected = float(hours[-quiet:].sum()) if quiet else 0.0
    if quiet > len(hours):
        expected += profile.expected(counts.hour_of_week()[-quiet : -len(hours)])
    is_silent = _is_silence(profile, expected, quiet / 24, limits)
    return Finding(not is_silent, 0.0, expected, quiet / 24)


def judge_volume(
    counts: Counts, profile: Profile, calm: Hours, limits: Limits
) -> dict[int, Finding]:
    """Compare the sum of each window that the source has lived through; by days.

    Nothing is expected of a silence that is over: it was reported as a silence.
    """
    hours = expected_hours(counts, profile, calm)
    hours = np.where(_past_silence(counts, profile, hours, limits), 0.0, hours)
    found = {}
    for days in WINDOWS:
        if counts.lived_hours() < (days + 1) * 24:
            continue
        seen, expected = (
            float(counts.articles[-days * 24 :].sum()),
            float(hours[-days * 24 :].sum()),
        )
        chance = profile.chance_of_at_most(seen, expected, days)
        is_low = chance < limits.low_chance and seen < limits.low_share * expected
        found[days] = Finding(not is_low, seen, expected, days)
    return found


def _past_silence(counts: Counts, profile: Profile, hours: Hours, limits: Limits) -> Mask:
    """Return which of the last hours lie in a silence that ended; `hours` is what they expect."""
    within = np.zeros(len(hours), bool)
    seen = np.flatnonzero(counts.articles[-len(hours) :])
    for before, after in pairwise(seen.tolist()):
        quiet = slice(before + 1, after)
        expected, days = float(hours[quiet].sum()), (after - before - 1) / 24
        within[quiet] = _is_silence(profile, expected, days, limits)
    return within


def _is_silence(profile: Profile, expected: float, days: float, limits: Limits) -> bool:
    """Return whether no article in so many days is a silence, where so many were expected."""
    return (
        expected >= limits.silent_articles
        and profile.chance_of_at_most(0, expected, days) < limits.silent_chance
    )


def judge_flood(counts: Counts, profile: Profile, calm: Hours, limits: Limits) -> Finding:
    """Return whether the last day had far more articles than ever: a feed that repeats itself, or
    an archive read as news.
    """
    seen, expected = (
        float(counts.articles[-24:].sum()),
        float(expected_hours(counts, profile, calm)[-24:].sum()),
    )
    chance = 1 - profile.chance_of_at_most(seen - 1, expected, 1) if seen else 1.0
    busy = seen > limits.flood_share * max(expected, 3.0) and chance < limits.flood_chance
    return Finding(not busy, seen, expected, 1)
