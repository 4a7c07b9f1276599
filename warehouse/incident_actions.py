"""What a person does about an incident: acknowledge, snooze or resolve it. Each is a transaction of
its own.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb

from warehouse.errors import WarehouseError
from warehouse.sql import fetch_named
from warehouse.transaction import retried, transaction
from warehouse.update_incidents import update_incidents

COLUMNS = (
    "incident_id, state, severity, check_name, source_id, dimension, row_count, observed, "
    "expected, unit, opened_at, last_failed_at, "
    "resolved_at, owner, is_flapping, parent_id, snooze_ends_at, handled_by, note, failure_count"
)

STATE_AFTER = {"ack": "acknowledged", "snooze": "snoozed", "resolve": "resolved"}


def list_incidents(
    connection: duckdb.DuckDBPyConnection, *, is_all: bool = False, source: str | None = None
) -> list[dict[str, Any]]:
    """Return the open incidents, or all, newest first; `source` keeps those of one source."""
    query = (
        f"SELECT {COLUMNS} FROM meta.incidents WHERE ($1 OR state <> 'resolved') AND ($2 IS "
        "NULL OR source_id = $2)"
    )
    return fetch_named(
        connection.execute(f"{query} ORDER BY opened_at DESC, incident_id", [is_all, source])
    )


def read_incident(connection: duckdb.DuckDBPyConnection, key: str) -> dict[str, Any]:
    """Return one incident; `key` is its id or the beginning of its id. Raises WarehouseError where
    none or several match.
    """
    rows = fetch_named(
        connection.execute(
            "FROM meta.incidents WHERE starts_with(incident_id, ?) ORDER BY incident_id", [key]
        )
    )
    if len(rows) != 1:
        found = "no incident has" if not rows else f"{len(rows)} incidents have"
        raise WarehouseError(
            f"{found} an id that begins with {key!r}; `newsduck incidents list --all` shows them."
        )
    return rows[0]


@retried
def handle(
    connection: duckdb.DuckDBPyConnection,
    key: str,
    action: str,
    who: str,
    note: str | None = None,
    lasting: timedelta | None = None,
    now: datetime | None = None,
) -> dict[str, Any]:
    """Acknowledge (`ack`), snooze for `lasting`, or resolve an incident; return its new state.

    Whoever heard of its opening hears of its end (`resolve`). Raises WarehouseError where there is
    no such incident or it is over.
    """
    moment = now or datetime.now(UTC)
    incident = read_incident(connection, key)
    if incident["state"] == "resolved":
        raise WarehouseError(
            f"incident {incident['incident_id']} is over since "
            f"{incident['resolved_at']:%Y-%m-%d %H:%M} UTC."
        )
    state = STATE_AFTER[action]
    ends_at = moment + lasting if action == "snooze" and lasting else None
    with transaction(connection):
        connection.execute(
            "UPDATE meta.incidents SET state = ?, handled_by = ?, note = coalesce(?, note), "
            "snooze_ends_at = ?, resolved_at = ? "
            "WHERE incident_id = ?",
            [
                state,
                who,
                note,
                ends_at,
                moment if action == "resolve" else None,
                incident["incident_id"],
            ],
        )
        update_incidents(connection, "", (), moment)
    return read_incident(connection, incident["incident_id"])
