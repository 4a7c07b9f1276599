"""Compares articles a day with the usual band, for one source and for all. Values in, values
out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np

from flows.watch.profile import usual_range
from flows.watch.seasonal_factor import DAYS
from flows.watch.verdicts import Outlook


@dataclass(frozen=True, slots=True)
class DayCount:
    """Articles first seen on one day (UTC), beside those expected and the band that holds 95 of 100
    such days.

    Expected and band are None where there is too little history, and before a source's first
    article. The last day is counted as far as it has come. `dispersion` is that of the expectation,
    as `Profile` has it.
    """

    day: date
    seen: int
    expected: float | None = None
    low: float | None = None
    high: float | None = None
    dispersion: float = 0.0

    @property
    def is_outside(self) -> bool:
        """Whether the day lies outside of the band."""
        return (
            self.low is not None
            and self.high is not None
            and not self.low <= self.seen <= self.high
        )


def daily_counts(outlook: Outlook, days: int) -> list[DayCount]:
    """Return the last `days` days of a source, the oldest first; the last is the day in which its
    hours end.
    """
    counts, profile = outlook.source.counts, outlook.profile
    ends_on = (counts.ends_at - timedelta(hours=1)).date()
    hours = np.arange(len(counts.articles)) - len(counts.articles)
    midnight = int((counts.ends_at - _midnight(ends_on, counts.ends_at)) / timedelta(hours=1))
    ago = -((hours + midnight) // 24)
    lived = np.arange(len(counts.articles)) >= len(counts.articles) - counts.lived_hours()
    due = np.zeros(len(counts.articles))
    if profile:
        due = profile.rate[counts.hour_of_week()]
        due[-DAYS * 24 :] *= np.repeat(outlook.seasonal, 24)[-len(due) :]
    by_day = [ago == back for back in range(days - 1, -1, -1)]
    seen = [int(counts.articles[hours].sum()) for hours in by_day]
    expected = np.array([due[hours & lived].sum() for hours in by_day])
    is_known = [profile is not None and bool(lived[hours].any()) for hours in by_day]
    dispersion = profile.dispersion if profile else 1.0
    low, high = usual_range(expected, dispersion, 1.0)
    dates = [ends_on - timedelta(days=back) for back in range(days - 1, -1, -1)]
    return [
        DayCount(date, n, float(mean), float(least), float(most), dispersion)
        if known
        else DayCount(date, n)
        for date, n, mean, least, most, known in zip(
            dates, seen, expected, low, high, is_known, strict=True
        )
    ]


def _midnight(day: date, like: datetime) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=like.tzinfo)


def summed(sources: Sequence[Sequence[DayCount]]) -> list[DayCount]:
    """Return the days of all sources together.

    The band takes sources as independent. A day without any expectation has no band. Articles of
    sources without an expectation are added to the expectation as they are.
    """
    days = [_sum(of_day) for of_day in zip(*sources, strict=True)]
    expected, dispersion = (
        np.array([getattr(d, name) or 1.0 for d in days]) for name in ("expected", "dispersion")
    )
    low, high = usual_range(expected, dispersion, 1.0)
    unjudged = [
        sum(d.seen for d in of_day if d.expected is None) for of_day in zip(*sources, strict=True)
    ]
    return [
        d
        if d.expected is None
        else replace(
            d, expected=d.expected + more, low=float(least) + more, high=float(most) + more
        )
        for d, more, least, most in zip(days, unjudged, low, high, strict=True)
    ]


def _sum(days: Sequence[DayCount]) -> DayCount:
    """Return one day of several sources, without a band; its dispersion is that of a sum of
    independent counts.
    """
    seen, expected = sum(d.seen for d in days), sum(d.expected or 0.0 for d in days)
    if not expected:
        return DayCount(days[0].day, seen)
    dispersion = sum(d.dispersion * (d.expected or 0.0) ** 2 for d in days) / expected**2
    return DayCount(days[0].day, seen, expected, dispersion=dispersion)
