"""`meta.runs`: one row a run, with its sums."""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

STATES = ("loaded", "unchanged", "failed")

RUNS = Contract(
    name="meta.runs",
    doc="One run of a flow, with its sums",
    key=("run_id",),
    rows=pa.DataFrameSchema(
        {
            "run_id": c.text("Key", longest=60),
            "flow": c.text("Which flow ran", longest=60),
            "state": c.one_of(
                "loaded: its rows passed the checks; unchanged: nothing new; failed: rolled back",
                STATES,
            ),
            "started_at": c.time("When it started"),
            "ended_at": c.time("When its rows were last loaded, or it failed"),
            "page_count": c.count("Pages seen"),
            "loaded_count": c.count("Pages whose article was written"),
            "unchanged_count": c.count("Pages known from an earlier run"),
            "duplicate_count": c.count("Pages that repeat another one"),
            "rejected_count": c.count("Pages that are no article, or broke a contract"),
            "quarantined_count": c.count("Rows kept out by a contract"),
            "extractor_version": c.text("Version of the code and rules", longest=100),
            "detail": c.text("What went wrong", longest=4000, nullable=True),
            "load_number": c.count(
                "Place among all runs, from 1: decides which run is newer, whatever the clock said",
                least=1,
            ),
            "url": c.text("Where Prefect shows the run", longest=2000, nullable=True),
        },
        strict=True,
        ordered=True,
    ),
)
