"""When a source's schedule lets it be asked: a run between two of its times leaves it alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from croniter import croniter

MAX_SKEW = timedelta(hours=1)
"""By how much the clocks of two runs may differ. A time further ahead was written by a wrong clock.
"""


def is_time(schedule: str, timezone: str | None, last_at: datetime | None, now: datetime) -> bool:
    """Whether `schedule` (cron, in `timezone`, UTC unless given) had a time after `last_at`, when
    the source was last asked, up to `now`.

    A source that was never asked may be, and one that was asked later than now, by a clock that ran
    ahead. Both times are aware.
    """
    if last_at is None or last_at > now + MAX_SKEW:
        return True
    following: datetime = croniter(
        schedule, last_at.astimezone(ZoneInfo(timezone or "UTC"))
    ).get_next(datetime)
    return following <= now
