"""`meta.notifications`: every message about an incident, written with it and marked when delivered."""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

NOTIFICATIONS = Contract(
    name="meta.notifications",
    doc="One message about one incident",
    key=("notification_id",),
    rows=pa.DataFrameSchema(
        {
            "notification_id": c.key("Key, from the incident and the event: a repeat carries the same"),
            "incident_id": c.key("Incident that it speaks of"),
            "event": c.one_of("What it tells", ("opened", "resolved")),
            "channel": c.text("Where it goes", longest=200),
            "body": c.text("The message", longest=10_000),
            "created_at": c.time("When it was due"),
            "sent_at": c.time("When it was delivered", nullable=True),
        },
        strict=True,
        ordered=True,
    ),
)
