"""`meta.entity_aliases`: what the operator's alias file said when it was last loaded."""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract
from schemas.entities import LABELS

ENTITY_ALIASES = Contract(
    name="meta.entity_aliases",
    doc="One name that the operator's alias file gives to an entity, or keeps apart from it",
    key=("name_id", "entity_id"),
    rows=pa.DataFrameSchema(
        {
            "name_id": c.key("Key of the name"),
            "entity_id": c.key("Entity of the canonical name"),
            "name": c.text("The name", longest=300),
            "entity_name": c.text("The canonical name", longest=300),
            "type": c.one_of("What it is", LABELS),
            "country_code": c.matching(
                "ISO 3166 code, where the file gives one",
                r"^[A-Z]{2}$",
                "two capital letters",
                nullable=True,
            ),
            "is_apart": c.truth("The file says that they are not one"),
        },
        strict=True,
        ordered=True,
    ),
)
