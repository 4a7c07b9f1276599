"""The values that monitors compare: a source's articles by hour, and its sums by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

Hours = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

WEEK = 168
"""Hours of a week."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Articles of one source by the hour they were first seen, oldest first. The last hour ends at
    `ends_at` (UTC, a full hour).

    `is_usual` is false for hours inside an incident: nothing is learned from them. `last_at` is
    when the newest article was first seen.
    """

    source_id: str
    ends_at: datetime
    articles: Hours
    is_usual: Mask
    last_at: datetime | None = None

    def hour_of_week(self) -> Places:
        """Place of each hour in its week: 0 is Monday 00:00 to 01:00 UTC."""
        last = self.ends_at - timedelta(hours=1)
        return (last.weekday() * 24 + last.hour - np.arange(len(self.articles))[::-1]) % WEEK

    def lived_hours(self) -> int:
        """Hours since the first article, 0 without one."""
        seen = np.flatnonzero(self.articles)
        return len(self.articles) - int(seen[0]) if seen.size else 0


@dataclass(frozen=True, slots=True)
class Day:
    """Properties of one source's articles of one day. `filled` counts the articles that have a
    field, by field.
    """

    article_count: int
    filled: Mapping[str, int] = field(default_factory=dict)
    median_words: float | None = None
    layouts: Mapping[str, int] = field(default_factory=dict)
    fetches: int = 0
    failed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """All that is known of a source at one moment. `days` are oldest first; the last one is the
    last 24 hours.
    """

    counts: Counts
    days: Sequence[Day] = ()
    country: str | None = None
