"""`meta.migrations`: which steps the warehouse's layout has taken."""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

MIGRATIONS = Contract(
    name="meta.migrations",
    doc="One step of the warehouse's layout",
    key=("version",),
    rows=pa.DataFrameSchema(
        {
            "version": c.count("Number of the step", least=1),
            "name": c.text("Name of its file", longest=100),
            "applied_at": c.time("When it was taken"),
            "newsduck_version": c.text("Version that took it", longest=100),
        },
        strict=True,
        ordered=True,
    ),
)
