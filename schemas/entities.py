"""`entities`: who and what the articles speak of, one row each."""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

LABELS = ("PERSON", "ORG", "GPE", "LOC", "NORP", "EVENT", "MISC")

ENTITIES = Contract(
    name="entities",
    doc="One person, organisation, place or group",
    key=("entity_id",),
    rows=pa.DataFrameSchema(
        {
            "entity_id": c.key("Key, that of its foremost name"),
            "name": c.text("Name that most articles give in full, or the alias file", longest=300),
            "type": c.one_of("What it is", LABELS),
            "aliases": c.words("Other forms met in texts, sorted"),
            "country_code": c.matching(
                "ISO 3166 code, for countries, their peoples and bodies of their states",
                r"^[A-Z]{2}$",
                "an ISO 3166 alpha-2 code",
                nullable=True,
            ),
            "key_number": c.count("63 bits of the MD5 of its key, by which loads seek it"),
        },
        strict=True,
        ordered=True,
    ),
)
