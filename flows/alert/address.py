"""Decides which events go out now, to whom, in which message. Events become messages in one
transaction, before anything is sent.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import duckdb

from flows.alert.compose import body, title
from flows.alert.settings import AlertSettings
from schemas import Row
from warehouse.sql import read_folder
from warehouse.update_incidents import update_incidents

LOG_CHANNEL = "log"
"""Channel of an owner without any: the log of the run."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a waiting event: it goes now, or it is held until `due_at`, or dropped for a
    reason, or (nothing set) it waits on.
    """

    is_due: bool = False
    due_at: datetime | None = None
    dropped: str | None = None


def decide(row: Row, alerts: AlertSettings, now: datetime) -> Decision:
    """Return what becomes of one event at `now`.

    An event within a planned silence is held until that ends; a warning within the owner's quiet
    hours until the digest; an error is not. "Resolved" goes after its "opened" was sent, or with
    it; what was over before a silence ended is told to nobody.
    """
    owner = alerts.owner(row["owner"])
    is_over, source, check = row["state"] == "resolved", row["source_id"], row["check_name"]
    is_first_told = row["event"] != "opened" and row["opened_message_id"] is not None
    if row["event"] == "reminder" and row["state"] != "open":
        return Decision(dropped="no longer open")
    if is_over and not is_first_told and alerts.silence_end(source, check, row["told_at"]):
        return Decision(dropped="over within a planned silence")
    if row["event"] == "resolved" and is_first_told and row["opened_sent_at"] is None:
        return Decision()
    if end := alerts.silence_end(source, check, now):
        return Decision(due_at=_morning(row, alerts, end))
    if row["due_at"] is not None:
        return Decision(is_due=row["due_at"] <= now)
    if row["severity"] == "warn" and owner.is_quiet(now):
        return Decision(due_at=owner.next_digest(now))
    return Decision(is_due=True)


def _morning(row: Row, alerts: AlertSettings, end: datetime) -> datetime:
    """When an event that a silence held goes out: at its end, a warning in quiet hours with the
    next digest.
    """
    owner = alerts.owner(row["owner"])
    return owner.next_digest(end) if row["severity"] == "warn" and owner.is_quiet(end) else end


def address(connection: duckdb.DuckDBPyConnection, alerts: AlertSettings, now: datetime) -> int:
    """Make messages of the events that are due, one an owner and channel; return how many. All or
    nothing.

    Sees first to what is due by the time alone: snoozes that end, reminders.
    """
    connection.execute("BEGIN")
    try:
        update_incidents(connection, "", (), now)
        due: dict[str, list[Row]] = defaultdict(list)
        rows = _waiting(connection)
        decisions = {row["notification_id"]: decide(row, alerts, now) for row in rows}
        for row in rows:
            key = row["notification_id"]
            # an end that is told together with its beginning goes when that goes
            is_with_it = (
                row["event"] == "resolved"
                and row["opened_message_id"] is None
                and row["opened_id"] in decisions
            )
            decision = decisions[row["opened_id"] if is_with_it else key]
            if decision.is_due:
                due[row["owner"]].append(row)
            elif decision.due_at or decision.dropped:
                connection.execute(
                    "UPDATE meta.notifications SET due_at = ?, dropped = ? WHERE notification_id = ?",
                    [decision.due_at, decision.dropped, key],
                )
        written = sum(_write(connection, owner, told, alerts, now) for owner, told in due.items())
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return written


def _write(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    rows: list[Row],
    alerts: AlertSettings,
    now: datetime,
) -> int:
    """Write one owner's message, a row a channel, and mark its events; return the rows."""
    keys = [row["notification_id"] for row in rows]
    message_id = hashlib.sha256(" ".join([name, *sorted(keys)]).encode()).hexdigest()[:16]
    opened = {row["incident_id"] for row in rows if row["event"] == "opened"}
    told = [row for row in rows if row["event"] != "resolved" or row["incident_id"] not in opened]
    is_digest = any(row["due_at"] and row["severity"] == "warn" for row in rows)
    owner = alerts.owner(name)
    text = body(told, message_id, owner.zone, alerts.runbook)
    for channel in owner.channels or (LOG_CHANNEL,):
        connection.execute(
            "INSERT INTO meta.messages BY NAME SELECT ? AS message_id, ? AS owner, ? AS channel, ? AS title, ? AS body, ? AS created_at, "
            "0 AS attempt_count",
            [message_id, name, channel, title(told, is_digest=is_digest), text, now],
        )
    connection.execute(
        "UPDATE meta.notifications SET message_id = ? WHERE list_contains(?::VARCHAR[], notification_id)",
        [message_id, keys],
    )
    return len(owner.channels) or 1


def _waiting(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    (query,) = (file for file in read_folder("messages") if file.name == "waiting")
    found = connection.execute(query.text)
    names = [column[0] for column in found.description or []]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    urls = _urls(connection, rows)
    return [row | {"urls": urls} for row in rows]


def _urls(connection: duckdb.DuckDBPyConnection, rows: Iterable[Row]) -> dict[str, str]:
    """Addresses of the articles that examples name."""
    ids = {
        example.get("article_id") for row in rows for example in json.loads(row["examples"] or "[]")
    } - {None}
    query = "SELECT article_id, coalesce(url, canonical_url) FROM articles WHERE list_contains(?::VARCHAR[], article_id)"
    return (
        {key: url for key, url in connection.execute(query, [sorted(ids)]).fetchall() if url}
        if ids
        else {}
    )
