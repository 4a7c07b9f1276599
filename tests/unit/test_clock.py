"""Between which times a run takes place, whatever its clock says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from warehouse.clock import set_times

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "earliest", "latest"),
    [
        # hours from the clock's time to those of the runs before, oldest first
        ([], 0, 0),
        ([-1], -1, 0),
        ([-9000], -9000, 0),
        ([9000], 0, 9000),
        ([-2, 9000], 0, 0),
        ([-9, -3, -2, -1], -2, -2),
        ([-4, -3, 9000, 9000], 0, 0),
        ([-4, -3, -9000, -9000], -4, -4),
        ([9000, 9000, 9000, -4, -3, -2, -1], -2, -2),
    ],
)
def test_two_wrong_clocks_of_five_change_nothing(
    hours: list[int], earliest: int, latest: int
) -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA meta")
        connection.execute("CREATE TABLE meta.runs (load_number BIGINT, started_at TIMESTAMPTZ)")
        for number, ago in enumerate(hours):
            connection.execute(
                "INSERT INTO meta.runs VALUES (?, ?)", [number, NOW + timedelta(hours=ago)]
            )
        set_times(connection, NOW)
        found = connection.execute(
            "SELECT getvariable('now'), getvariable('earliest_now'), getvariable('latest_now')"
        ).fetchone()
    expected = [NOW, NOW + timedelta(hours=earliest), NOW + timedelta(hours=latest)]
    assert found == tuple(expected)
