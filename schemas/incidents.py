"""`meta.incidents`: what is wrong at present, and what was."""

import pandera.polars as pa

from schemas import columns as c
from schemas.checks import SEVERITIES
from schemas.contract import Contract

INCIDENTS = Contract(
    name="meta.incidents",
    doc="One stretch of time in which one check kept failing",
    key=("incident_id",),
    rows=pa.DataFrameSchema(
        {
            "incident_id": c.key("Key, from the fingerprint and the run that opened it"),
            "fingerprint": c.text("check, source and dimension: what makes two failures the same trouble", longest=500),
            "check_name": c.text("Check that fails", longest=100),
            "source_id": c.text("Source that it fails for; null for all", longest=300, nullable=True),
            "severity": c.one_of("As the check's", SEVERITIES),
            "state": c.one_of("Where it stands", ("open", "resolved")),
            "row_count": c.count("Offending rows at the last failure"),
            "opened_at": c.time("First failure"),
            "last_failed_at": c.time("Last failure"),
            "resolved_at": c.time("First pass after it", nullable=True),
            "opened_run_id": c.text("Run of the first failure", longest=60),
            "dimension": c.text("What of the source fails; null for all", longest=200, nullable=True),
        },
        strict=True,
        ordered=True,
    ),
)
