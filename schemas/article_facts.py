"""`meta.article_facts`: what checks and monitors compare of articles, apart from their texts."""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

ARTICLE_FACTS = Contract(
    name="meta.article_facts",
    doc="One article as checks and monitors compare it over days, without its text",
    key=("article_id",),
    rows=pa.DataFrameSchema(
        {
            "article_id": c.key("Article"),
            "source_id": c.text("Source of the article", longest=200),
            "run_id": c.text("Run that loaded its present version", longest=60),
            "first_seen_at": c.time("When it was first fetched"),
            "last_seen_at": c.time("When its present version was fetched"),
            "language": c.text("Language of the text", longest=20, nullable=True),
            "kept_count": c.count("Characters of its text"),
            "cut_count": c.count("Characters of the blocks stripped from its page"),
            "text_key": c.key("From the text in small letters: equal texts share it"),
            "first_line_key": c.key("From the first line of the text"),
            "last_line_key": c.key("From the last line of the text"),
            "told_on": c.day("Day it was published (UTC), or first fetched where that is unknown"),
            "article_number": c.count(
                "Number by which mentions, quotes and stripped blocks give its present version; "
                "a later load gives greater ones",
                least=1,
            ),
            "key_number": c.count("63 bits of the MD5 of its key, by which loads seek it"),
        },
        strict=True,
        ordered=True,
    ),
)
