"""`meta.link_articles` and `meta.link_quotes`: what linking keeps of recent articles. Rows leave
when the window has passed, so that linking costs what is new.
"""

import pandera.polars as pa
import polars as pl

from schemas import columns as c
from schemas.contract import Contract


def _numbers(doc: str, kind: type[pl.DataType] = pl.UInt32) -> pa.Column:
    return pa.Column(pl.List(kind), description=doc)


def _bytes(doc: str) -> pa.Column:
    return pa.Column(pl.Binary, description=doc)


LINK_ARTICLES = Contract(
    name="meta.link_articles",
    doc="The fingerprint of one recent article",
    key=("article_id",),
    rows=pa.DataFrameSchema(
        {
            "article_id": c.key("The article"),
            "published_on": c.day("Day of publishing in UTC, if known", nullable=True),
            "seen_on": c.day("Day on which it was first fetched"),
            "story_id": c.key("Its story, as in articles", nullable=True),
            "copy_id": c.key("Its copies, as in articles"),
            "is_round_up": c.truth("Whether it tells many events and belongs to no story"),
            "linked_at": c.time("When it was linked; the row leaves fourteen days later"),
            "high_bits": _bytes("Bits 16 to 20 of the CRC-32 of its distinct words, a byte each"),
            "low_bits": _bytes("Bits 0 to 15 of the same, two bytes each, the lower first"),
            "counts": _numbers("How often each of these words stands, at most 255", pl.UInt8),
            "marks": _numbers(
                "Of each of them: 1 for a name, 2 for a number, 4 times its count in the lead",
                pl.UInt8,
            ),
            "words": _numbers("CRC-32 of all its words in order"),
            "quoted": _numbers("First and last word (exclusive) of each quotation in marks"),
        },
        strict=True,
        ordered=True,
    ),
)

LINK_QUOTES = Contract(
    name="meta.link_quotes",
    doc="One quotation of a recent article",
    key=("quote_id",),
    rows=pa.DataFrameSchema(
        {
            "quote_id": c.key("The quotation"),
            "article_id": c.key("Its article"),
            "published_on": c.day("Day of publishing in UTC, if known", nullable=True),
            "seen_on": c.day("Day on which the article was first fetched"),
            "utterance_id": c.key("Its utterance, as in quotes", nullable=True),
            "kind": c.one_of("As in quotes", ("direct", "mixed", "indirect")),
            "text": c.text("The quoted words", longest=100_000),
            "char_start": c.count("Offset of the first character in articles.text, from 0"),
            "char_end": c.count("Offset after the last character", least=1),
            "speaker": c.text("As in quotes", longest=500, nullable=True),
            "speaker_name_id": c.key("As in quotes", nullable=True),
            "keys": _numbers("Shingles by which quotations of other stories are found"),
            "linked_at": c.time("When it was linked; the row leaves fourteen days later"),
        },
        strict=True,
        ordered=True,
    ),
)
