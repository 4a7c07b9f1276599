"""Learns what is usual for a source: articles expected in each hour of the week, and how much days
differ.

The level comes from the last four weeks. The shape over weekdays and hours comes from the last
eight weeks; with little history it is shrunk towards an even shape. News is bursty, so counts are
modelled as negative binomial: mean m, variance m + d·m². The dispersion d is measured on the days
and shrunk towards a prior.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flows.watch.chances import chance_of_at_most, least_count
from flows.watch.counts import WEEK, Counts, Hours, Places

MIN_DAYS = 5
"""Fewest days of history for a profile: fewer do not even tell weekdays from weekends."""

LEVEL_DAYS, SHAPE_DAYS = 28, 56
"""Days from which level and shape are learned: a month follows a growing source, two months tell
weekdays apart.
"""

DRAWN_WEEKDAYS, DRAWN_HOURS = 2.0, 6.0
"""Weeks of an even shape that the prior weighs: weekdays are told apart after two weeks, single
hours of the week after six.
"""

PRIOR_DISPERSION, PRIOR_DAYS = 0.08, 10.0
"""Dispersion of an unknown source, and the days that this prior weighs. It means a variation from
day to day of about 28 %.
"""

MIN_DISPERSION = 0.02
"""Smallest dispersion: the calendar alone moves counts by some 14 %."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Articles expected in each hour of the week (Monday 00:00 UTC first), the dispersion of a day,
    and the number of days used.
    """

    rate: Hours
    dispersion: float
    day_count: float

    def expected(self, hours: Places) -> float:
        """Return the articles expected in hours, given by their place in the week."""
        return float(self.rate[hours].sum())

    def chance_of_at_most(self, observed: float, expected: float, days: float) -> float:
        """Return the probability (0 to 1) of `observed` articles or fewer where `expected` are,
        over `days` days.

        Days vary independently, so longer stretches vary less. The level is only an estimate, which
        adds variance.
        """
        if expected <= 0:
            return 1.0
        spread = (
            self.dispersion / max(days, 1.0)
            + self.dispersion / max(self.day_count, 1.0)
            + 1 / (expected / max(days, 1e-9) * self.day_count + 1)
        )
        return float(chance_of_at_most(np.array(observed), np.array(expected), 1.0 / spread))

    def usual_range(self, expected: float, days: float) -> tuple[float, float]:
        """Return the band that holds 95 of 100 counts where `expected` are over `days` days."""
        low, high = usual_range(np.array([expected]), self.dispersion, days)
        return float(low[0]), float(high[0])


def usual_range(expected: Hours, dispersion: float | Hours, days: float) -> tuple[Hours, Hours]:
    """Return the low and high ends of the bands that hold 95 of 100 counts; `expected` articles
    over `days` days each.
    """
    size = max(days, 1.0) / dispersion
    return least_count(0.025, expected, size), least_count(0.975, expected, size)


def learn(counts: Counts, until: int) -> Profile | None:
    """Return the profile learned from the hours before place `until`; None where they are too few
    days.

    Hours before the source's first article and hours inside incidents are left out.
    """
    start = max(len(counts.articles) - counts.lived_hours(), until - SHAPE_DAYS * 24)
    places = np.arange(start, until)
    places = places[counts.is_usual[start:until]] if places.size else places
    if places.size < MIN_DAYS * 24:
        return None
    hours, seen = counts.hour_of_week()[places], _without_bursts(counts.articles[places])
    shape = _shape(hours, seen)
    recent = places >= until - LEVEL_DAYS * 24
    if recent.sum() < MIN_DAYS * 24:
        recent = np.ones_like(recent)
    level = seen[recent].sum() / shape[hours[recent]].sum()
    if level <= 0:
        return None
    rate = shape * level
    return Profile(rate, _dispersion(counts.articles[places], rate[hours]), places.size / 24)


def _without_bursts(articles: Hours) -> Hours:
    """Limit for hours far above the others: one day of breaking news is no new level."""
    busy = articles[articles > 0]
    return np.minimum(articles, np.quantile(busy, 0.98) * 1.5) if busy.size >= 50 else articles


def _shape(hours: Places, seen: Hours) -> Hours:
    """Return the relative rate of each hour of the week, 1 on average.

    Daily shape and weekday factors come first; single hours are shrunk towards them.
    """
    weight = np.bincount(hours, minlength=WEEK).astype(float)
    total = np.bincount(hours, weights=seen, minlength=WEEK)
    mean = seen.mean() or 1.0
    by_day, by_hour = (total.reshape(7, 24).sum(axis=axis) for axis in (1, 0))
    day_weight, hour_weight = (weight.reshape(7, 24).sum(axis=axis) for axis in (1, 0))
    weekday = (by_day / mean + DRAWN_WEEKDAYS * 24) / (day_weight + DRAWN_WEEKDAYS * 24)
    daily = (by_hour / mean + 7) / (hour_weight + 7)
    drawn = np.outer(weekday / weekday.mean(), daily / daily.mean()).ravel()
    shape = (total / mean + DRAWN_HOURS * drawn) / (weight + DRAWN_HOURS)
    return np.asarray(shape / shape.mean())


def _dispersion(articles: Hours, expected: Hours) -> float:
    """Return how much days vary beyond chance.

    Method of moments over days with 24 usual hours, shrunk towards the prior.
    """
    whole = len(articles) // 24 * 24
    seen = articles[-whole:].reshape(-1, 24).sum(axis=1)
    mean = np.maximum(expected[-whole:].reshape(-1, 24).sum(axis=1), 1e-9)
    beyond = ((seen - mean) ** 2 - mean) / mean**2
    # weighed by how much a day can tell: days of few articles are nearly all chance
    weights = mean / (mean + 4.0)
    found = (np.clip(beyond, -1.0, 4.0) * weights).sum()
    return float(
        max(MIN_DISPERSION, (found + PRIOR_DISPERSION * PRIOR_DAYS) / (weights.sum() + PRIOR_DAYS))
    )
