"""`meta.quarantine`: rows that broke their contract, kept so that they can be repaired and
replayed.
"""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

QUARANTINE = Contract(
    name="meta.quarantine",
    doc="One broken rule of one row kept out by its contract",
    key=("run_id", "table_name", "row_key", "check_name"),
    rows=pa.DataFrameSchema(
        {
            "table_name": c.text("Table the row was meant for", longest=100),
            "row_key": c.text("Its key there, columns joined by '/'", longest=9000),
            "check_name": c.text("Check that it failed: table: column: limit", longest=500),
            "reason": c.text("The same in words, with the offending value", longest=2000),
            "payload": c.json("The whole row"),
            "page_id": c.key("Page it was made from", nullable=True),
            "run_id": c.text("Run that rejected it", longest=60),
            "replayed_at": c.time("When a replay brought it in", nullable=True),
        },
        strict=True,
        ordered=True,
    ),
)
