"""`meta.checks`: what each check found, each time it ran."""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

SEVERITIES = ("fail", "warn")

SCOPES = ("row", "batch", "table", "source")
"""What a check judges: single rows, a run, whole tables, a source over time."""

CHECKS = Contract(
    name="meta.checks",
    doc="One check in one run: a row for each source and dimension that failed, one on what is "
    "unknown, one where all is well",
    key=("run_id", "check_name", "source_id", "dimension", "checked_at"),
    rows=pa.DataFrameSchema(
        {
            "run_id": c.text("Run that it judged", longest=60),
            "check_name": c.text("Name of its file", longest=100),
            "severity": c.one_of("fail stops publishing, warn does not", SEVERITIES),
            "is_passed": c.truth("No offending row; null where data were missing", nullable=True),
            "row_count": c.count("Offending rows"),
            "examples": c.json("The first few of them"),
            "checked_at": c.time("When"),
            "source_id": c.text("Source that it judged; null for all", longest=300, nullable=True),
            "dimension": c.text("What of the source; null for all", longest=200, nullable=True),
            "observed": c.number("What was found", nullable=True),
            "expected": c.text("What would have been well", longest=300, nullable=True),
            "history": c.json("Earlier values of observed, the oldest first", nullable=True),
            "cause": c.text("Likely cause", longest=1000, nullable=True),
        },
        strict=True,
        ordered=True,
    ),
)
