"""`meta.incidents`: what is wrong at present, and what was."""

import pandera.polars as pa

from schemas import columns as c
from schemas.checks import SEVERITIES
from schemas.contract import Contract

STATES = ("pending", "open", "acknowledged", "snoozed", "resolved")

INCIDENTS = Contract(
    name="meta.incidents",
    doc="One stretch of time in which one check kept failing for one source and dimension",
    key=("incident_id",),
    rows=pa.DataFrameSchema(
        {
            "incident_id": c.key("Key, from the fingerprint and the run that opened it"),
            "fingerprint": c.text(
                "check/source/dimension: what makes two failures the same trouble", longest=700
            ),
            "check_name": c.text("Check that fails", longest=100),
            "source_id": c.text(
                "Source that it fails for; null for all", longest=300, nullable=True
            ),
            "severity": c.one_of("As the check's", SEVERITIES),
            "state": c.one_of(
                "pending until confirmed, then open; acknowledged or snoozed by a person; resolved",
                STATES,
            ),
            "row_count": c.count("Offending rows at the last failure"),
            "opened_at": c.time("First failure"),
            "last_failed_at": c.time("Last failure"),
            "resolved_at": c.time(
                "Second pass after it, or when a person resolved it", nullable=True
            ),
            "opened_run_id": c.text("Run of the first failure", longest=60),
            "dimension": c.text(
                "What of the source fails; null for all", longest=200, nullable=True
            ),
            "owner": c.text("Who hears of it", longest=100),
            "doc": c.text("What should hold", longest=1000, nullable=True),
            "runbook": c.text(
                "Section of deploy/RUNBOOK.md that says what to do", longest=100, nullable=True
            ),
            "query": c.text("SQL that shows it", longest=100_000, nullable=True),
            "observed": c.number("What was found at the last failure", nullable=True),
            "expected": c.text("What would have been well", longest=300, nullable=True),
            "history": c.json("Earlier values of observed, the oldest first", nullable=True),
            "examples": c.json("A few offending rows of the last failure", nullable=True),
            "cause": c.text("Likely cause", longest=1000, nullable=True),
            "failure_count": c.count("Failures so far", least=1),
            "pass_count": c.count("Passes in a row since the last failure"),
            "confirmed_at": c.time("When it became open; null while pending", nullable=True),
            "is_flapping": c.truth(
                "Third opening within seven days: over only after a day without failure"
            ),
            "parent_id": c.key(
                "Incident that it follows from; silent while that one lasts", nullable=True
            ),
            "snooze_ends_at": c.time("When a snooze ends", nullable=True),
            "handled_by": c.text(
                "Who acknowledged, snoozed or resolved it", longest=200, nullable=True
            ),
            "note": c.text("What they said", longest=2000, nullable=True),
            "last_run_id": c.text("Run of the last failure", longest=60, nullable=True),
            "unit": c.text(
                "What `observed` counts: articles, words, rows …; share: 0 to 1",
                longest=30,
                nullable=True,
            ),
        },
        strict=True,
        ordered=True,
    ),
)
