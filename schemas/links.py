"""`meta.links`, `meta.link_corrections` and `meta.wording_pairs`: why things are joined, what
people said of it, and how wordings differ.
"""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

LINK_KINDS: dict[str, str] = {
    "copy": "an article prints another's text",
    "story": "two articles tell one event",
    "wording": "two quotations are one thing said",
    "narration": "an article prints a quotation as its own words",
}
"""What can be linked, and what the link says."""

LINKS = Contract(
    name="meta.links",
    doc="One link between two articles or quotations, with its evidence",
    key=("kind", "from_id", "to_id"),
    rows=pa.DataFrameSchema(
        {
            "kind": c.one_of(
                "What it says: " + "; ".join(f"{k}: {v}" for k, v in LINK_KINDS.items()),
                tuple(LINK_KINDS),
            ),
            "from_id": c.text(
                "The article or quotation that was joined; of a narration article/offset",
                longest=60,
            ),
            "to_id": c.text("The article or quotation that it was joined to", longest=60),
            "article_id": c.key("Article of from_id"),
            "other_article_id": c.key("Article of to_id"),
            "score": c.number("Strength, 0 to 1"),
            "parts": c.json("The evidence: named parts of the score"),
            "link_version": c.text("Version of the code that decided", longest=60),
            "run_id": c.text("Run that made the link", longest=60),
        },
        strict=True,
        ordered=True,
    ),
)

LINK_CORRECTIONS = Contract(
    name="meta.link_corrections",
    doc="One article or quotation that people have told apart from others, or joined to them",
    key=("correction_id", "side", "id"),
    rows=pa.DataFrameSchema(
        {
            "correction_id": c.key("Key of the correction: its rows belong together"),
            "kind": c.one_of("What was corrected", tuple(LINK_KINDS)),
            "is_apart": c.truth("True: sides 1 and 2 are not one; false: all are one"),
            "side": c.count("Side of a correction that tells apart: 1 or 2", least=1),
            "id": c.key("Article, or quotation"),
            "made_at": c.time("When somebody made the correction"),
        },
        strict=True,
        ordered=True,
    ),
)

WORDING_PAIRS = Contract(
    name="meta.wording_pairs",
    doc="One pair of wordings of one utterance, and how they differ",
    key=("utterance_id", "article_id", "char_start", "other_article_id", "other_char_start"),
    rows=pa.DataFrameSchema(
        {
            "utterance_id": c.key("The utterance"),
            "article_id": c.key("Article with the first wording"),
            "char_start": c.count("Offset of the first wording in its article"),
            "char_end": c.count("Offset after the first wording", least=1),
            "other_article_id": c.key("Article with the other wording"),
            "other_char_start": c.count("Offset of the other wording in its article"),
            "other_char_end": c.count("Offset after the other wording", least=1),
            "kinds": c.words("How they differ: exact, shorter, bracket, ellipsis …", longest=20),
            "difference": c.text(
                "The words that differ: −only in the first +only in the other",
                shortest=0,
                longest=2000,
            ),
            "wording": c.text("The first wording", longest=100_000),
            "other_wording": c.text("The other wording", longest=100_000),
            "seen_on": c.day("Day on which the later of the two articles was first fetched"),
        },
        strict=True,
        ordered=True,
    ),
)
