"""`meta.notifications`: the outbox, every event of an incident that somebody must hear of, written
in one transaction with it.
"""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

EVENTS = ("opened", "resolved", "reminder")

NOTIFICATIONS = Contract(
    name="meta.notifications",
    doc="One event of one incident that its owner must hear of",
    key=("notification_id",),
    rows=pa.DataFrameSchema(
        {
            "notification_id": c.key("Key, from the incident and the event"),
            "incident_id": c.key("Incident that it speaks of"),
            "event": c.one_of("What it tells", EVENTS),
            "owner": c.text("Owner who is to hear", longest=200),
            "body": c.text("It in a few words", longest=10_000),
            "created_at": c.time("When it happened"),
            "sent_at": c.time("When a channel of the owner had it", nullable=True),
            "message_id": c.key("Message that it is part of; null before", nullable=True),
            "due_at": c.time(
                "When it is to go out, where that is later: quiet hours, a planned silence",
                nullable=True,
            ),
            "dropped": c.text("Why nobody is told of it", longest=200, nullable=True),
            "emitted_at": c.time("When Prefect had it as an event", nullable=True),
        },
        strict=True,
        ordered=True,
    ),
)
