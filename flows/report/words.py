"""Times, numbers, states and days in words, for the report and its short form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from flows.report.days import DayCount

STATE_WORDS = {
    "failing": "✖ failing",
    "late": "◔ late",
    "warned": "▲ warned",
    "unknown": "… too new",
    "well": "✓ well",
}
"""A sign and a word for each state, so that nothing depends on colour alone."""


def moment(at: datetime | None) -> str:
    """Return a time as the page says it."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}" if at else "never"


def ago(at: datetime, now: datetime) -> str:
    """Return how long ago `at` was, in the largest unit that fits."""
    hours = max(0.0, (now - at) / timedelta(hours=1))
    return (
        f"{hours / 24:.0f} days" if hours >= 48 else f"{hours:.0f} h" if hours >= 1 else "under 1 h"
    )


def number(value: float | None) -> str:
    """Return a number in few digits, nothing for None."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 100 else f"{value:.3g}"


def counted(count: int, noun: str) -> str:
    """Return a number with its noun: `1 failure`, `2 failures`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def in_words(days: Sequence[DayCount]) -> str:
    """Return what a chart of days shows, for those who do not see it."""
    if not days:
        return "no articles"
    counts = [d.seen for d in days]
    said = (
        f"{sum(counts):,} articles in {len(days)} days, {min(counts):,} to {max(counts):,} a "
        f"day, {counts[-1]:,} on the last"
    )
    last = days[-1]
    if last.low is not None and last.high is not None:
        said += f", where {last.low:,.0f} to {last.high:,.0f} are usual"
    outside = [f"{d.day:%-d %b} ({d.seen:,})" for d in days if d.is_outside]
    return said + (
        f"; outside the band on {', '.join(outside)}"
        if outside
        else "; no day outside the band"
        if last.low is not None
        else ""
    )
