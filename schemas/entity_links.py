"""`meta.entity_links`: which name was merged into which entity, why, and what people have
undone.
"""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

REASONS: dict[str, str] = {
    "name": "the same name, and nothing that articles say of its bearers tells two people apart",
    "spelling": "another spelling of given name or surname",
    "order": "family name first or last",
    "middle": "with and without a middle name or initial",
    "nickname": "a short form of the given name: Bill for William",
    "generation": "with and without Jr., Sr., II …",
    "surname": "a surname alone, of the one bearer whom other articles of the days make likely",
    "given": "a given name alone, of the one bearer whom other articles of the days make likely",
    "again": "a name alone, of the bearer to whom the same name alone of other articles goes",
    "club": "the nickname of a club, of the one whom other articles of the days make likely",
    "initial": "an initial for the given name",
    "acronym": "short for an organisation that an article introduced by it",
    "letters": "an acronym that the first letters of one organisation's name make",
    "short": "an organisation without the words that firms leave out: Group, Systems",
    "body": "Kenya's Supreme Court, Supreme Court of Kenya; X Ministry, Ministry of X",
    "country": "an organisation with and without its country",
    "type": "the same name under two types",
    "alias": "the alias file says so",
}
"""Why a name is merged, and what that means."""

ENTITY_LINKS = Contract(
    name="meta.entity_links",
    doc="One merge of a name into an entity, in force or undone",
    key=("name_id", "entity_id", "undone_at"),
    rows=pa.DataFrameSchema(
        {
            "name_id": c.key("Key of the name that was merged"),
            "entity_id": c.key("Entity that it was merged into"),
            "name": c.text("The name, for readers", longest=300),
            "reason": c.one_of(
                "Why: " + "; ".join(f"{word}: {meaning}" for word, meaning in REASONS.items()),
                tuple(REASONS),
            ),
            "run_id": c.text("Run that merged it", longest=60),
            "undone_at": c.time("When somebody undid it; it is never made again", nullable=True),
        },
        strict=True,
        ordered=True,
    ),
)
