"""`narrations`: words that one outlet quotes and another prints as its own."""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

NARRATIONS = Contract(
    name="narrations",
    doc="Words that one outlet quotes and another prints as its own",
    key=("article_id", "char_start"),
    rows=pa.DataFrameSchema(
        {
            "article_id": c.key("Article that prints the words without quotation marks"),
            "char_start": c.count("Offset of the first character in articles.text, from 0"),
            "char_end": c.count("Offset after the last character", least=1),
            "utterance_id": c.key("Utterance that other articles quote"),
        },
        checks=[c.ordered("char_start", "char_end")],
        strict=True,
        ordered=True,
    ),
)
