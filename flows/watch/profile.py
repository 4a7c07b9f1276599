"""What is usual for a source: articles expected in each hour of the week, and by how much days
differ from that.

The level comes from the last four weeks; the shape over weekdays and hours from the last eight,
drawn towards no shape while there are few days. Days differ more than chance alone would have it
(news is bursty), so counts are taken as negative binomial: mean m, variance m + d·m², with the
dispersion d measured on the days and drawn towards a prior.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betainc
from scipy.stats import nbinom

from flows.watch.counts import WEEK, Counts, Hours, Places

FEWEST_DAYS = 5
"""Days of history from which a source can be judged: fewer do not even tell weekday from
weekend.
"""

LEVEL_DAYS, SHAPE_DAYS = 28, 56
"""Days that level and shape are learned from: a month follows a source that grows, two tell its
weekdays apart.
"""

DRAWN_WEEKDAYS, DRAWN_HOURS = 2.0, 6.0
"""How many weeks of no shape the shape is drawn towards: weekdays are told apart after two, single
hours of the week after more.
"""

PRIOR_DISPERSION, PRIOR_DAYS = 0.08, 10.0
"""Dispersion of a source that nobody knows yet, and the days that it weighs: day-to-day variation
of about 28 %.
"""

LEAST_DISPERSION = 0.02
"""No source is as even as chance: the calendar alone moves counts by some 14 %."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Expected articles for each hour of the week (Monday 00:00 UTC first), dispersion of a day,
    and days that taught it.
    """

    rate: Hours
    dispersion: float
    day_count: float

    def expected(self, hours: Places) -> float:
        """Articles expected in hours given by their place in the week."""
        return float(self.rate[hours].sum())

    def chance_of_at_most(self, observed: float, expected: float, days: float) -> float:
        """Return how likely it is to see `observed` articles or fewer where `expected` are over
        `days` days; 0 to 1.

        Days vary independently, so that longer stretches vary less; that the level itself is only
        estimated makes them vary more.
        """
        if expected <= 0:
            return 1.0
        spread = (
            self.dispersion / max(days, 1.0)
            + self.dispersion / max(self.day_count, 1.0)
            + 1 / (expected / max(days, 1e-9) * self.day_count + 1)
        )
        size = 1.0 / spread
        # the negative binomial's distribution function, without scipy's slow way to it
        return (
            float(betainc(size, observed + 1, size / (size + expected))) if observed >= 0 else 0.0
        )

    def usual_range(self, expected: float, days: float) -> tuple[float, float]:
        """Return the band that holds 95 of 100 counts where `expected` are over `days` days."""
        low, high = usual_range(np.array([expected]), self.dispersion, days)
        return float(low[0]), float(high[0])


def usual_range(expected: Hours, dispersion: float | Hours, days: float) -> tuple[Hours, Hours]:
    """Return the low and the high ends of the bands that hold 95 of 100 counts where `expected`
    are, over `days` days each.
    """
    size = max(days, 1.0) / dispersion
    low, high = nbinom.interval(0.95, size, size / (size + expected))
    return np.where(expected > 0, low, 0.0), np.where(expected > 0, high, 0.0)


def learn(counts: Counts, until: int) -> Profile | None:
    """Return the profile that the hours before place `until` teach; None where they are too few
    days.

    Hours before the source's first article and those that are not usual teach nothing.
    """
    start = max(len(counts.articles) - counts.lived_hours(), until - SHAPE_DAYS * 24)
    places = np.arange(start, until)
    places = places[counts.is_usual[start:until]] if places.size else places
    if places.size < FEWEST_DAYS * 24:
        return None
    hours, seen = counts.hour_of_week()[places], _without_bursts(counts.articles[places])
    shape = _shape(hours, seen)
    recent = places >= until - LEVEL_DAYS * 24
    if recent.sum() < FEWEST_DAYS * 24:
        recent = np.ones_like(recent)
    level = seen[recent].sum() / shape[hours[recent]].sum()
    if level <= 0:
        return None
    rate = shape * level
    return Profile(rate, _dispersion(counts.articles[places], rate[hours]), places.size / 24)


def _without_bursts(articles: Hours) -> Hours:
    """Hours far above the others count as high as these: one day of breaking news is no new
    level.
    """
    busy = articles[articles > 0]
    return np.minimum(articles, np.quantile(busy, 0.98) * 1.5) if busy.size >= 50 else articles


def _shape(hours: Places, seen: Hours) -> Hours:
    """Relative rate of each hour of the week, 1 on average: daily shape and weekday factors, then
    single hours drawn towards these.
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
    """How much days vary beyond chance: by the method of moments over days of 24 usual hours, drawn
    towards the prior.
    """
    whole = len(articles) // 24 * 24
    seen = articles[-whole:].reshape(-1, 24).sum(axis=1)
    mean = np.maximum(expected[-whole:].reshape(-1, 24).sum(axis=1), 1e-9)
    beyond = ((seen - mean) ** 2 - mean) / mean**2
    # weighed by how much a day can tell: days of few articles are nearly all chance
    weights = mean / (mean + 4.0)
    found = (np.clip(beyond, -1.0, 4.0) * weights).sum()
    return float(
        max(
            LEAST_DISPERSION, (found + PRIOR_DISPERSION * PRIOR_DAYS) / (weights.sum() + PRIOR_DAYS)
        )
    )
