"""`utterances`: things said, however outlets word them."""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

UTTERANCES = Contract(
    name="utterances",
    doc="One thing said, however outlets word it",
    key=("utterance_id",),
    rows=pa.DataFrameSchema(
        {
            "utterance_id": c.key("Key; it stays when wordings are added"),
            "text": c.text("The fullest wording", longest=100_000),
            "speaker_entity_id": c.key("Speaker that most outlets credit", nullable=True),
            "story_id": c.key("Story of most of its articles", nullable=True),
            "wording_count": c.count("Different wordings, case and punctuation aside", least=1),
            "article_count": c.count("Articles that print it, quoted or as their own", least=1),
            "site_count": c.count("Outlets that print it", least=1),
            "first_seen_at": c.time("When an article that prints it was first fetched"),
            "key_number": c.count("63 bits of the MD5 of its key, by which loads seek it"),
        },
        strict=True,
        ordered=True,
    ),
)
