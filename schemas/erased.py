"""`meta.erased`: tombstones, so that what was erased is not taken in again."""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

ERASED_KINDS = ("article", "page")

ERASED = Contract(
    name="meta.erased",
    doc="One article or page that was erased on request; its key is a hash and says nothing of it",
    key=("key",),
    rows=pa.DataFrameSchema(
        {
            "key": c.key("article_id (for a URL: the hash of its canonical form), or page_id"),
            "kind": c.one_of("What the key is of", ERASED_KINDS),
            "erased_at": c.time("When it was erased"),
            "reason": c.text("Why, in the words of whoever asked", longest=1000),
        },
        strict=True,
        ordered=True,
    ),
)
