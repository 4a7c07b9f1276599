"""Decides which events go out now, to whom, in which message. Events become messages in one
transaction, before anything is sent.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import duckdb

from flows.alert.compose import body, title
from flows.alert.event import IncidentEvent, read_waiting
from flows.alert.settings import AlertSettings, Owner
from flows.alert.watches import waiting_hits
from warehouse.amounts import amount
from warehouse.transaction import retried, transaction
from warehouse.update_incidents import update_incidents

LOG_CHANNEL = "log"
"""Channel of an owner without channels: the log of the run."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Decision about a waiting event: send it now, hold it until `due_at`, drop it for a reason; or
    keep it waiting (nothing set).
    """

    is_due: bool = False
    due_at: datetime | None = None
    dropped: str | None = None


def decide(event: IncidentEvent, alerts: AlertSettings, now: datetime) -> Decision:
    """Return what becomes of one event at `now`.

    An event within a planned silence is held until that ends. A warning within the owner's quiet
    hours is held until the digest; a failure is not. "Resolved" goes after its "opened" was sent,
    or with it. An incident that was over before a silence ended reaches nobody. An event that is
    held beyond the next digest, by a clock that ran ahead or a silence that is gone, is decided
    anew.
    """
    owner = alerts.owner(event.owner)
    source, check = event.source_id, event.check_name
    is_over = event.state == "resolved"
    was_opened_sent = event.event != "opened" and event.opened_message_id is not None
    if event.event == "reminder" and event.state != "open":
        return Decision(dropped="no longer open")
    opened_at = event.opened_created_at
    if is_over and not was_opened_sent and opened_at:
        is_silenced = alerts.silence_end(source, check, opened_at) is not None
        if is_silenced:
            return Decision(dropped="over within a planned silence")
    if event.event == "resolved" and was_opened_sent and event.opened_sent_at is None:
        return Decision()
    if end := alerts.silence_end(source, check, now):
        return Decision(due_at=_after_silence(event, alerts, end))
    if event.due_at is not None and event.due_at <= owner.next_digest(now):
        return Decision(is_due=event.due_at <= now)
    if event.severity == "warn" and owner.is_quiet(now):
        return Decision(due_at=owner.next_digest(now))
    return Decision(is_due=True)


def _after_silence(event: IncidentEvent, alerts: AlertSettings, end: datetime) -> datetime:
    """Return when an event goes out that a silence held: at its end, or with the next digest."""
    owner = alerts.owner(event.owner)
    return owner.next_digest(end) if event.severity == "warn" and owner.is_quiet(end) else end


@retried
def address(connection: duckdb.DuckDBPyConnection, alerts: AlertSettings, now: datetime) -> int:
    """Write messages for the events that are due, one an owner and channel; return how many rows.
    All or nothing.

    Snoozes that end and reminders, which depend on the time alone, come first.
    """
    with transaction(connection):
        update_incidents(connection, "", (), now)
        due: dict[str, list[IncidentEvent]] = defaultdict(list)
        events = read_waiting(connection)
        decisions = {event.notification_id: decide(event, alerts, now) for event in events}
        for event in events:
            decision = decisions[_decided_with(event, decisions)]
            if decision.is_due:
                due[event.owner].append(event)
            elif decision.due_at or decision.dropped:
                connection.execute(
                    "UPDATE meta.notifications SET due_at = ?, dropped = ? "
                    "WHERE notification_id = ?",
                    [decision.due_at, decision.dropped, event.notification_id],
                )
        written = sum(_write(connection, owner, sent, alerts, now) for owner, sent in due.items())
        written += write_watch_hits(connection, alerts, now)
        written += write_all_well(connection, alerts, now)
    return written


def _decided_with(event: IncidentEvent, decisions: Mapping[str, Decision]) -> str:
    """Return the notification whose decision applies: "resolved" goes with an unsent "opened"."""
    is_with_opened = event.event == "resolved" and event.opened_message_id is None
    opened = event.opened_id if is_with_opened else None
    return opened if opened and opened in decisions else event.notification_id


def _write(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    events: list[IncidentEvent],
    alerts: AlertSettings,
    now: datetime,
) -> int:
    """Write one owner's message, a row a channel, and mark its events; return the rows."""
    keys = [event.notification_id for event in events]
    message_id = _message_id(name, *sorted(keys))
    opened = {event.incident_id for event in events if event.event == "opened"}
    shown = [e for e in events if e.event != "resolved" or e.incident_id not in opened]
    is_digest = any(event.due_at and event.severity == "warn" for event in events)
    owner = alerts.owner(name)
    text = body(shown, message_id, owner.zone, alerts.runbook)
    count = _post(connection, name, owner, message_id, title(shown, is_digest=is_digest), text, now)
    connection.execute(
        "UPDATE meta.notifications SET message_id = ? "
        "WHERE list_contains(?::VARCHAR[], notification_id)",
        [message_id, keys],
    )
    return count


def write_watch_hits(
    connection: duckdb.DuckDBPyConnection, alerts: AlertSettings, now: datetime
) -> int:
    """Write one message an owner about new stories on watched topics; return the rows written."""
    written = 0
    for name, (text, articles) in waiting_hits(connection, alerts, now).items():
        message_id = _message_id(name, "watches", *sorted(articles), f"{now.isoformat()}")
        count = len(set(articles))  # a story may be on several watches
        subject = f"newsduck: {count} new {'story' if count == 1 else 'stories'} on your watches"
        body_text = f"{text}\n\n`message {message_id}`"
        written += _post(connection, name, alerts.owner(name), message_id, subject, body_text, now)
        connection.execute(
            "UPDATE meta.watch_hits SET message_id = ? WHERE owner = ? AND message_id IS NULL",
            [message_id, name],
        )
    return written


def write_all_well(
    connection: duckdb.DuckDBPyConnection, alerts: AlertSettings, now: datetime
) -> int:
    """Write the daily message that all is well, for owners who want it; return the rows written.

    It is due once a day at the time of the digest, and only while the owner has no open incident.
    """
    written = 0
    for name in alerts.owners:
        owner = alerts.owner(name)
        if not owner.all_well:
            continue
        due = owner.last_digest(now)
        message_id = _message_id(name, "all well", f"{due:%Y-%m-%d}")
        counted = connection.execute(
            """
            SELECT
                (SELECT count(*) FROM meta.messages WHERE message_id = $1),
                (SELECT count(*) FROM meta.incidents
                    WHERE owner = $2 AND state NOT IN ('pending', 'resolved')),
                (SELECT count(*) FROM meta.runs
                    WHERE state <> 'failed' AND ended_at > $3::TIMESTAMPTZ - INTERVAL 1 DAY),
                (SELECT count(*) FROM articles
                    WHERE first_seen_at > $3::TIMESTAMPTZ - INTERVAL 1 DAY)
            """,
            [message_id, name, now],
        ).fetchone()
        sent, open_count, runs, articles = counted or (1, 0, 0, 0)
        if sent or open_count or not runs:
            continue
        text = (
            f"No incident is open. In the last 24 hours: {amount(runs, 'runs')} ended well, "
            f"{amount(articles, 'articles')} came in.\n\n`message {message_id}`"
        )
        written += _post(connection, name, owner, message_id, "newsduck: all well", text, now)
    return written


def _post(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    owner: Owner,
    message_id: str,
    subject: str,
    text: str,
    now: datetime,
) -> int:
    channels = tuple(owner.channels) or (LOG_CHANNEL,)
    for channel in channels:
        connection.execute(
            "INSERT INTO meta.messages BY NAME SELECT ? AS message_id, ? AS owner, ? AS channel, "
            "? AS title, ? AS body, ? AS created_at, 0 AS attempt_count",
            [message_id, name, channel, subject, text, now],
        )
    return len(channels)


def _message_id(*parts: str) -> str:
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16]
