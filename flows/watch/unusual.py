"""Finds the hours inside past incidents: nothing is learned from them."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import duckdb

from flows.watch.verdicts import FLOOD, LOW, SILENT

UNUSUAL = (SILENT.name, LOW.name, FLOOD.name)
"""Checks whose incidents mean unusual counts."""

LED_UP = timedelta(days=1)
"""Time by which a trouble begins before its incident opens, at least."""

FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)


def unusual_hours(
    connection: duckdb.DuckDBPyConnection,
) -> dict[str, list[tuple[datetime, datetime]]]:
    """Return, by source, the stretches of time (UTC) inside confirmed incidents about its
    counts.
    """
    found: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    rows = connection.execute(
        "SELECT source_id, opened_at, resolved_at FROM meta.incidents "
        "WHERE confirmed_at IS NOT NULL AND source_id IS NOT NULL AND check_name IN (SELECT "
        "unnest(?::VARCHAR[])) ORDER BY ALL",
        [list(UNUSUAL)],
    ).fetchall()
    for source, opened_at, resolved_at in rows:
        found[source].append((opened_at - LED_UP, resolved_at or FOR_EVER))
    return found
