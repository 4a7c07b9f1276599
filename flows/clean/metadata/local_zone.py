"""The zone in which a page shows its date, where the claim behind it is in UTC. published.py
decides which claim is taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta, timezone

from flows.clean.metadata.dates import When

WEST, EAST, QUARTER = timedelta(hours=12), timedelta(hours=14), timedelta(minutes=15)
"""The zones there are: from twelve hours west of Greenwich to fourteen east, in steps of a quarter
of an hour.
"""


def in_local_zone(when: When, shown: Iterable[When]) -> When:
    """A claim in UTC, moved into the zone in which the page itself shows it; the moment stays the
    same.

    Where the page prints date and clock, their distance to the claim is the zone; where it prints
    the day alone and that day is the one before or after, the nearest zone in which the claim falls
    on that day. A claim with a zone of its own stays as it is.
    """
    if not when.has_zone or when.at.utcoffset() or when.precision not in ("minute", "second"):
        return when
    days = [w for w in shown if w.has_day]
    if not days or any(w.precision == "day" and w.day == when.day for w in days):
        return when
    for other in days:
        offset = other.at.replace(tzinfo=UTC) - when.at.replace(
            second=other.at.second, microsecond=0
        )
        if (
            other.precision != "day"
            and not other.has_zone
            and -WEST <= offset <= EAST
            and not offset % QUARTER
        ):
            return When(when.at.astimezone(timezone(offset)), when.precision, has_zone=True)
    for other in days:
        if other.day < when.day <= other.day + timedelta(days=1):
            offset = -timedelta(hours=when.at.hour + 1)
        elif when.day < other.day <= when.day + timedelta(days=1):
            offset = timedelta(hours=24 - when.at.hour)
        else:
            continue
        if -WEST <= offset <= EAST:
            return When(when.at.astimezone(timezone(offset)), when.precision, has_zone=True)
    return when
