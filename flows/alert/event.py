"""One event of an incident, with all that a message says of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import duckdb

from warehouse.sql import read_rows

EventKind = Literal["opened", "resolved", "reminder"]


@dataclass(frozen=True, slots=True)
class Symptom:
    """Another trouble of the same source, reported together with the first."""

    check_name: str
    dimension: str | None
    observed: float | None
    expected: str | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class IncidentEvent:
    """A row of `warehouse/messages/waiting.sql`: an event that waits to be sent, and its incident.

    Times are aware. `observed` is a share (0 to 1) where `unit` is `share`. `examples` are rows by
    column, `history` earlier values of `observed`, the oldest first. `opened_*` are those of the
    event by which people heard of the incident first.
    """

    notification_id: str
    event: EventKind
    incident_id: str
    check_name: str
    source_id: str | None
    dimension: str | None
    severity: str
    state: str
    owner: str
    doc: str | None
    runbook: str | None
    query: str | None
    opened_at: datetime | None
    resolved_at: datetime | None
    last_run_id: str
    row_count: int
    failure_count: int
    follower_count: int
    is_flapping: bool
    observed: float | None = None
    expected: str | None = None
    unit: str | None = None
    cause: str | None = None
    due_at: datetime | None = None
    opened_id: str | None = None
    opened_created_at: datetime | None = None
    opened_message_id: str | None = None
    opened_sent_at: datetime | None = None
    pages: str | None = None
    run_state: str | None = None
    run_url: str | None = None
    new_version: str | None = None
    history: tuple[float | None, ...] = ()
    examples: tuple[Mapping[str, str], ...] = ()
    symptoms: tuple[Symptom, ...] = ()
    urls: Mapping[str, str] = field(default_factory=dict)
    """URL of each article that an example names, by article id."""


def read_waiting(connection: duckdb.DuckDBPyConnection) -> list[IncidentEvent]:
    """Return the events that were not sent yet, in the order of messages."""
    rows = read_rows(connection, "messages", "waiting", {})
    ids = {e.get("article_id") for row in rows for e in json.loads(row["examples"] or "[]")}
    urls = _urls(connection, sorted(ids - {None}))
    return [event_of(row | {"urls": urls}) for row in rows]


def event_of(row: Mapping[str, Any]) -> IncidentEvent:
    """Return a row of the query as an event; its JSON columns are read."""
    values = dict(row)
    history = values.pop("history", None)
    before = values.pop("observed_before", None)
    values["history"] = tuple(json.loads(history) if history else before or ())
    values["examples"] = tuple(json.loads(values.get("examples") or "[]"))
    values["symptoms"] = tuple(Symptom(**symptom) for symptom in values.get("symptoms") or ())
    return IncidentEvent(**values)


def _urls(connection: duckdb.DuckDBPyConnection, ids: list[str]) -> dict[str, str]:
    if not ids:
        return {}
    found = connection.execute(
        "SELECT article_id, coalesce(url, canonical_url) FROM articles "
        "WHERE article_id IN (SELECT unnest(?::VARCHAR[]))",
        [ids],
    ).fetchall()
    return {key: url for key, url in found if url}
