"""`article_versions`: what an outlet changed in an article after it was first seen, told or in
silence.
"""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

CHANGES = ("title", "text", "authors", "published_at")
"""What can differ between two versions. `modified_at` is no change by itself: it is how an outlet
tells of one.
"""

ARTICLE_VERSIONS = Contract(
    name="article_versions",
    doc="One version of one article, as its outlet printed it",
    key=("article_id", "version"),
    rows=pa.DataFrameSchema(
        {
            "article_id": c.key("Article"),
            "version": c.count("Place among the versions seen, from 1", least=1),
            "seen_at": c.time("When the page of this version was fetched"),
            "page_id": c.key("Page that told it"),
            "title": c.text("Headline", longest=1000, nullable=True),
            "text_hash": c.key("From the text: equal texts share it"),
            "word_count": c.count("Words in the text", least=1),
            "changed": c.words(
                "What differs from the version before: title, text, authors, published_at; "
                "empty for the first",
                longest=60,
            ),
            "removed": c.words("Paragraphs of the version before that are gone", longest=2_000_000),
            "added": c.words("Paragraphs that the version before did not have", longest=2_000_000),
            "is_announced": c.truth(
                "Whether the page gives a new time of change; true for the first version"
            ),
            "is_same_extractor": c.truth(
                "Whether both versions were cleaned alike; if not, a difference may be ours"
            ),
            "run_id": c.text("Run that saw it", longest=60),
            "text": c.text(
                "The text; null for versions older than newsduck 0.2",
                longest=2_000_000,
                nullable=True,
            ),
        },
        strict=True,
        ordered=True,
    ),
)
