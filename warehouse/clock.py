"""Between which times a run surely takes place, even where its machine's clock is wrong.

Rows that expire are dropped for good: one run whose clock is a year ahead must not drop them, nor
one whose clock is behind date its own rows so that the next run drops these. So a run stamps and
drops such rows by the middle of its own time and the times of the last runs.
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

    `now` is the clock's time. The others are the middle of it and of the times of the last runs,
    the earlier and the later of two where two stand in the middle. Rows from before `earliest_now`
    less what they are kept expire; rows to be kept are dated `latest_now`.
    """
    last = connection.execute(
        f"SELECT started_at FROM meta.runs ORDER BY load_number DESC LIMIT {LAST_RUNS}"
    ).fetchall()
    times = sorted([now, *(at for (at,) in last)])
    middle = len(times) - 1
    for name, at in (
        ("now", now),
        ("earliest_now", times[middle // 2]),
        ("latest_now", times[(middle + 1) // 2]),
    ):
        connection.execute(f"SET VARIABLE {name} = ?", [at])
