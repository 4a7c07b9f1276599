"""`meta.checks`: what each check found, each time it ran."""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

SEVERITIES = ("fail", "warn")

CHECKS = Contract(
    name="meta.checks",
    doc="One check in one run",
    key=("run_id", "check_name", "checked_at"),
    rows=pa.DataFrameSchema(
        {
            "run_id": c.text("Run that it judged", longest=60),
            "check_name": c.text("Name of its file", longest=100),
            "severity": c.one_of("fail stops publishing, warn does not", SEVERITIES),
            "is_passed": c.truth("No offending row"),
            "row_count": c.count("Offending rows"),
            "examples": c.json("The first few of them"),
            "checked_at": c.time("When"),
        },
        strict=True,
        ordered=True,
    ),
)
