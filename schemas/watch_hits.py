"""`meta.watch_hits`: stories that somebody asked to hear of, each once for a watch."""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

WATCH_HITS = Contract(
    name="meta.watch_hits",
    doc="One story that matched one watch of watches.yml",
    key=("watch", "article_id"),
    rows=pa.DataFrameSchema(
        {
            "watch": c.text("Name of the watch", longest=200),
            "owner": c.text("Who hears of it", longest=200),
            "article_id": c.key("First article of the story that matched"),
            "matched_at": c.time("When the run that brought it was loaded"),
            "message_id": c.key("Message that told of it; null while it waits", nullable=True),
        },
        strict=True,
        ordered=True,
    ),
)
