"""Tells a run the time, even if the clock of its machine is wrong.

Rows that expire are dropped for good. One run whose clock is a year ahead must not drop them. One
run whose clock is behind must not give its own rows a date by which the next run drops them. So a
run uses the median of its own time and the times of the last runs.
"""

from __future__ import annotations

from datetime import datetime

import duckdb

LAST_RUNS = 4
"""Runs before this one whose times count. With its own they are five: two wrong clocks do not
reach the middle. A warehouse that stood still for months drops old rows two runs later.
"""


def set_times(connection: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Set the variables `now`, `earliest_now` and `latest_now` of a run.

    `now` is the clock's time. The others are the median of it and of the times of the last runs: an
    even number of times has two in the middle, the earlier and the later. A row expires by
    `earliest_now`; a new row is dated `latest_now`.
    """
    last = connection.execute(
        f"SELECT started_at FROM meta.runs ORDER BY load_number DESC LIMIT {LAST_RUNS}"
    ).fetchall()
    times = sorted([now, *(at for (at,) in last)])
    for name, at in (
        ("now", now),
        ("earliest_now", times[(len(times) - 1) // 2]),
        ("latest_now", times[len(times) // 2]),
    ):
        connection.execute(f"SET VARIABLE {name} = ?", [at])
