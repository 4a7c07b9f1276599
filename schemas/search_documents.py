"""`meta.search_documents`: which texts the full-text index holds."""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

SEARCH_DOCUMENTS = Contract(
    name="meta.search_documents",
    doc="One article in the full-text index, as its text was when it was indexed",
    key=("article_id",),
    rows=pa.DataFrameSchema(
        {
            "article_id": c.key("Article"),
            "page_id": c.key("Page version whose text was indexed"),
            "part": c.text("Part of the index: its stemmer, none, or characters", longest=30),
        },
        strict=True,
        ordered=True,
    ),
)
