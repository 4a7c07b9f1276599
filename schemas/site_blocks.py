"""`meta.site_blocks`: the site memory, blocks and the different articles they stood in."""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

STATES = ("counted", "known", "own")

SITE_BLOCKS = Contract(
    name="meta.site_blocks",
    doc="One block of one site, with the different articles it stood in",
    key=("site", "block_id"),
    rows=pa.DataFrameSchema(
        {
            "site": c.text("Domain or name of the outlet", longest=300),
            "block_id": c.key("Key, from the block's folded words"),
            "text": c.text("The block as first seen, cut to 300 characters", longest=300),
            "state": c.one_of(
                "counted: too few articles yet; known: boilerplate; own: so far the articles' "
                "own words",
                STATES,
            ),
            "judged_count": c.count(
                "How many articles it stood in when it was last judged", nullable=True
            ),
            "article_ids": c.words(
                "Articles it stood in: all of them until it is known, then the first few",
                longest=16,
            ),
            "article_count": c.count(
                "Different articles it stood in, as far as they are counted", least=1
            ),
            "first_seen_at": c.time("When it was first seen"),
            "last_seen_at": c.time("When it was last seen"),
            "block_number": c.count("The first 15 digits of block_id, by which it is sought"),
        },
        strict=True,
        ordered=True,
    ),
)
