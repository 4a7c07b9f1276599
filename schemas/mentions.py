"""The view `mentions`, every place where an article names an entity, and the table
`meta.mention_rows` behind it.
"""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract, kept_rows

MENTIONS = Contract(
    name="mentions",
    doc="One mention of an entity in an article",
    key=("article_id", "char_start"),
    rows=pa.DataFrameSchema(
        {
            "article_id": c.key("Article that names the entity"),
            "entity_id": c.key("Entity that is named"),
            "name_id": c.key(
                "Name that the article gives it; differs from entity_id where names were merged"
            ),
            "text": c.text("The words of the mention", longest=300),
            "char_start": c.count("Offset of the first character in articles.text, from 0"),
            "char_end": c.count("Offset after the last character", least=1),
        },
        checks=[c.ordered("char_start", "char_end")],
        strict=True,
        ordered=True,
    ),
    is_view=True,
)

MENTION_ROWS = kept_rows(
    MENTIONS,
    "meta.mention_rows",
    "One mention as it is kept; the view mentions shows it with the entity of its name",
    joined=("entity_id", "name_id"),
    name_number=c.count("Name that the article gives, by its number in meta.entity_names", least=1),
    article_number=c.count("Article, by its number in meta.article_facts; 0 where it has none"),
)
