"""`meta.entity_names`: every name that articles give an entity in full, with the entity it belongs
to and the keys by which it is found.
"""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract
from schemas.entities import LABELS

ENTITY_NAMES = Contract(
    name="meta.entity_names",
    doc="One name that articles give an entity in full",
    key=("name_id",),
    rows=pa.DataFrameSchema(
        {
            "name_id": c.key("Key, from the type, the folded name and what is said of its bearer"),
            "entity_id": c.key(
                "Entity it names: the key of the name alone, unless it is linked to another or "
                "a namesake has that"
            ),
            "name": c.text(
                "Greatest form met: mixed case after capitals, accents after none", longest=300
            ),
            "type": c.one_of("What it is called", LABELS),
            "country_code": c.matching(
                "ISO 3166 code of a country, its people or a body of its state",
                r"^[A-Z]{2}$",
                "two capital letters",
                nullable=True,
            ),
            "forms": c.words("Words that stand in texts for it, sorted"),
            "group_key": c.text("Full names that may be one entity share it", longest=300),
            "look_key": c.text(
                "What a short name looks up; null for a full one", longest=300, nullable=True
            ),
            "offer_keys": c.words("Short names that may stand for it, as they look it up"),
            "article_count": c.count("Articles that give this name"),
            "article_ids": c.words(
                "Those of them with the least keys, which are looked into for context", longest=16
            ),
            "plain_id": c.key("Key of the name alone, whoever bears it"),
            "bearer": c.text(
                "What articles say of a person of this name: occupation, country, whether it is "
                "their own, year of birth; of a surname alone the gender: he, she",
                longest=40,
                nullable=True,
            ),
            "name_number": c.count(
                "Number by which meta.mention_rows and meta.quote_rows give the name; 0 until the "
                "name is loaded"
            ),
            "key_number": c.count(
                "63 bits of the MD5 of name_id, by which loads seek it; 0 until it is loaded"
            ),
            "entity_number": c.count("The same of entity_id"),
        },
        strict=True,
        ordered=True,
    ),
)
