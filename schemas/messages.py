"""`meta.messages`: what is said to whom, as it was written, with how its delivery went. No address
stands here: addresses hold secrets.
"""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

MESSAGES = Contract(
    name="meta.messages",
    doc="One message to one channel of one owner, with one event or several",
    key=("message_id", "channel"),
    rows=pa.DataFrameSchema(
        {
            "message_id": c.key(
                "Idempotency key, from the events that it tells: a repeat carries the same"
            ),
            "owner": c.text("Who is told", longest=100),
            "channel": c.text(
                "By which of the owner's channels, by its name in the settings", longest=200
            ),
            "title": c.text("First line", longest=300),
            "body": c.text("The message, Markdown", longest=200_000),
            "created_at": c.time("When it was written"),
            "attempt_count": c.count("Tries to deliver it"),
            "error": c.text("Why the last try failed, secrets masked", longest=2000, nullable=True),
            "sent_at": c.time("When it was delivered", nullable=True),
            "escalated_at": c.time(
                "When its failure was last told to the log and the exit state", nullable=True
            ),
        },
        strict=True,
        ordered=True,
    ),
)
