"""`meta.site_blocks`: the site memory, blocks and the different articles they stood in."""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

SITE_BLOCKS = Contract(
    name="meta.site_blocks",
    doc="One block of one site, counted over the different articles it stood in",
    key=("site", "block_id"),
    rows=pa.DataFrameSchema(
        {
            "site": c.text("Domain or name of the outlet", longest=300),
            "block_id": c.key("Key, from the block's folded words"),
            "text": c.text("The block as first seen, cut to 300 characters", longest=300),
            "article_ids": c.words("Articles it stood in, the first few of them", longest=16),
            "article_count": c.count("Different articles it stood in, up to the number kept", least=1),
            "first_seen_at": c.time("When it was first seen"),
            "last_seen_at": c.time("When it was last seen"),
        },
        strict=True,
        ordered=True,
    ),
)
