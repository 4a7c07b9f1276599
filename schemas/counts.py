"""`meta.counts` and `meta.counted_…`: what views would otherwise count for every question."""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

STORIES = "Stories of these articles"

COUNTS = Contract(
    name="meta.counts",
    doc="One view that reads rows counted before, and how far they reach",
    key=("view_name",),
    rows=pa.DataFrameSchema(
        {
            "view_name": c.text("The view", longest=60),
            "settled_at": c.time("Up to which moment it is counted"),
            "load_number": c.count("Last run that is counted", least=0),
        },
        strict=True,
        ordered=True,
    ),
)

COUNTED_DAYS = Contract(
    name="meta.counted_days",
    doc="One entity and day of the view entity_daily",
    key=("entity_id", "named_on"),
    rows=pa.DataFrameSchema(
        {
            "entity_id": c.key("Entity"),
            "named_on": c.day("Day"),
            "mention_count": c.count("Mentions on that day", least=1),
            "article_count": c.count("Articles that name the entity", least=1),
            "story_count": c.count(STORIES, least=1),
        },
        strict=True,
        ordered=True,
    ),
)

COUNTED_PAIRS = Contract(
    name="meta.counted_pairs",
    doc="One pair of entities of the view entity_pairs",
    key=("entity_id", "other_entity_id"),
    rows=pa.DataFrameSchema(
        {
            "entity_id": c.key("Entity"),
            "other_entity_id": c.key("The other entity"),
            "article_count": c.count("Articles that name both", least=1),
            "story_count": c.count(STORIES, least=1),
        },
        strict=True,
        ordered=True,
    ),
)

COUNTED_SPEAKERS = Contract(
    name="meta.counted_speakers",
    doc="One speaker of the view top_speakers",
    key=("speaker_entity_id", "speaker"),
    rows=pa.DataFrameSchema(
        {
            "speaker": c.text("Name of the entity, else the speaker's words", longest=500),
            "speaker_entity_id": c.key(
                "Entity of the speaker; null where it is none", nullable=True
            ),
            "quote_count": c.count("Direct and mixed quotations", least=1),
            "article_count": c.count("Articles that quote the speaker", least=1),
            "story_count": c.count(STORIES, least=1),
            "sites": c.words("Outlets that quote the speaker"),
        },
        strict=True,
        ordered=True,
    ),
)

COUNTED_QUOTES = Contract(
    name="meta.counted_quotes",
    doc="One utterance of the view shared_quotes",
    key=("utterance_id",),
    rows=pa.DataFrameSchema(
        {
            "utterance_id": c.key("Utterance"),
            "text": c.text("The longest wording", longest=100_000),
            "wording_count": c.count("Different wordings, case and punctuation aside", least=1),
            "speakers": c.words("Everybody who is credited; null where nobody is", nullable=True),
            "article_count": c.count("Articles that quote it", least=2),
            "text_count": c.count("The same with copies counted once", least=1),
            "story_count": c.count(STORIES, least=1),
            "sites": c.words("Outlets that quote it"),
        },
        strict=True,
        ordered=True,
    ),
)

COUNTED_BLOCKS = Contract(
    name="meta.counted_blocks",
    doc="One source and reason of the view stripped_by_source",
    key=("source_id", "reason"),
    rows=pa.DataFrameSchema(
        {
            "source_id": c.text("Source", longest=200),
            "reason": c.text("Why the blocks were stripped", longest=60),
            "block_count": c.count("Blocks stripped", least=1),
            "article_count": c.count("Articles that they were stripped from", least=1),
            "story_count": c.count(STORIES, least=1),
            "character_count": c.count("Characters stripped"),
        },
        strict=True,
        ordered=True,
    ),
)
