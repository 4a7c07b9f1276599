"""`sources`: the publishers of sources.yml, for questions by country, language, owner or tier."""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

SOURCES = Contract(
    name="sources",
    doc="One publisher of sources.yml, as the last run that read the file found it",
    key=("source_id",),
    rows=pa.DataFrameSchema(
        {
            "source_id": c.text("Its `id`; articles.source_id joins it", longest=300),
            "name": c.text("Name of the publisher", longest=300),
            "site": c.text("Its domain", longest=300),
            "country": c.text("Country, ISO 3166, two letters", longest=2, nullable=True),
            "language": c.text("Language that it prints, ISO 639", longest=3, nullable=True),
            "owner": c.text("Company or body that owns it", longest=300, nullable=True),
            "tier": c.count("1 to 3: how much a day without it would hurt", least=1),
            "timezone": c.text("IANA time zone of its dates", longest=60, nullable=True),
            "is_enabled": c.truth(
                "Whether runs fetch it; false also where it is gone from the file"
            ),
        },
        strict=True,
        ordered=True,
    ),
)
