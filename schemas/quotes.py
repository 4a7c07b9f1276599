"""The view `quotes`, who said what and where in the article, and the table `meta.quote_rows` behind
it.
"""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract, kept_rows

QUOTES = Contract(
    name="quotes",
    doc="One quotation in one article",
    key=("quote_id",),
    rows=pa.DataFrameSchema(
        {
            "quote_id": c.key("Key, from the article, the span and the kind"),
            "article_id": c.key("Article that prints the quotation"),
            "position": c.count("Place among the article's quotations, from 1", least=1),
            "text": c.text("The quoted words without their marks", longest=100_000),
            "kind": c.one_of(
                "direct: a whole sentence; mixed: words inside reported speech; indirect: no marks",
                ("direct", "mixed", "indirect"),
            ),
            "speaker": c.text(
                "Resolved name or role of the speaker; null where it cannot be known",
                longest=500,
                nullable=True,
            ),
            "speaker_surface": c.text(
                "The speaker as the article prints it: he, Mr Shi", longest=500, nullable=True
            ),
            "speaker_entity_id": c.key("Entity of the speaker, where it is one", nullable=True),
            "speaker_name_id": c.key("Name that the article gives this entity", nullable=True),
            "cue": c.text("Reporting verb or phrase", longest=200, nullable=True),
            "char_start": c.count("Offset of the first character in articles.text, from 0"),
            "char_end": c.count("Offset after the last character", least=1),
            "speaker_start": c.count("Offset of speaker_surface", nullable=True),
            "speaker_end": c.count("Offset after speaker_surface", least=1, nullable=True),
            "utterance_id": c.key(
                "Quotations of the same thing said share it; null: one word, or reported speech "
                "alone",
                nullable=True,
            ),
            "speaker_count": c.count(
                "How many people say it together; the view quote_speakers has each of them. Null "
                "where nobody is known",
                least=1,
                nullable=True,
            ),
        },
        checks=[c.ordered("char_start", "char_end"), c.ordered("speaker_start", "speaker_end")],
        strict=True,
        ordered=True,
    ),
    is_view=True,
)

QUOTE_ROWS = kept_rows(
    QUOTES,
    "meta.quote_rows",
    "One quotation as it is kept; the view quotes shows it with its speaker's entity",
    joined=("speaker_entity_id", "speaker_name_id"),
    speaker_name_number=c.count(
        "Name that the article gives the speaker, by its number in meta.entity_names; "
        "null where it gives none",
        least=1,
        nullable=True,
    ),
    article_number=c.count("Article, by its number in meta.article_facts; 0 where it has none"),
)
