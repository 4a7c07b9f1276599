"""`stories`: events as outlets tell them."""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

STORIES = Contract(
    name="stories",
    doc="One event as outlets tell it",
    key=("story_id",),
    rows=pa.DataFrameSchema(
        {
            "story_id": c.key("Key; it stays when the story grows"),
            "title": c.text("Headline of the most central article", longest=500, nullable=True),
            "started_at": c.time("When its first article was published, else first seen"),
            "last_article_at": c.time("When its last article was published, else first seen"),
            "article_count": c.count("Articles that tell it, copies included", least=1),
            "copy_count": c.count("Articles that print another's text"),
            "site_count": c.count("Outlets that tell it", least=1),
            "entity_ids": c.words("Entities that most of its articles name", longest=16),
        },
        strict=True,
        ordered=True,
    ),
)
