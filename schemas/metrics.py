"""`meta.metrics`: what each run measured, by source."""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

METRICS = Contract(
    name="meta.metrics",
    doc="One figure of one source in one run",
    key=("run_id", "source_id", "metric"),
    rows=pa.DataFrameSchema(
        {
            "run_id": c.text("Run that measured", longest=60),
            "source_id": c.text("Source that it speaks of", longest=300),
            "metric": c.text(
                "What: pages.loaded, articles, quotes, quotes.no_speaker, words, "
                "stripped.<reason> …",
                longest=100,
            ),
            "value": c.number("How much"),
            "measured_at": c.time("When"),
        },
        strict=True,
        ordered=True,
    ),
)
