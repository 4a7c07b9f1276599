"""`meta.hosts`: what is held against each host, so that one that keeps failing is left alone across
runs.
"""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

HOSTS = Contract(
    name="meta.hosts",
    doc="One host as it last behaved",
    key=("host",),
    rows=pa.DataFrameSchema(
        {
            "host": c.text("Its name, with its port where that is not the usual one", longest=300),
            "failure_count": c.count("Failures in a row"),
            "rest_count": c.count("Times in a row that it was left alone for them"),
            "left_alone_until_at": c.time(
                "Until when nothing is asked of it; null: it may be asked", nullable=True
            ),
            "run_id": c.text("Run that last asked it", longest=60),
            "cut_count": c.count("Runs in a row in which it was cut short for being slow"),
            "reservation": c.text(
                "Paths whose text and data mining its tdmrep.json reserves",
                longest=2000,
                nullable=True,
            ),
        },
        strict=True,
        ordered=True,
    ),
)
