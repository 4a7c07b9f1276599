"""Which organisations of an article are a body of one kind: "the bureau" is the Bureau of Tides.

Not here: people by their role (`roles`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.annotate.entities.lexicon import fold, lexicon
from flows.annotate.model import Mention

_OTHER_BODY = (
    r"\b(?!(?:[Tt]he|[Tt]hat|[Tt]his|an?|[Aa]n|A) )[\w'’-]+ {kind}\b"
    r"|\b[Aa]n? {kind}\b(?! (?:spokes|official|statement|source|report))"
)


def bodies_of_kind(text: str, kind: str, at: int, mentions: Sequence[Mention]) -> set[str]:
    """Return the organisations named before character `at` that are a body of that kind by their
    names ("the bureau" is the Bureau of Tides); none where the text speaks of another such body in
    small letters ("a city council", "its council"), which may be meant too.
    """
    if re.search(_OTHER_BODY.format(kind=kind), text):
        return set()
    return {m.name for m in mentions if m.label == "ORG" and m.start < at and _kind(m.name) == kind}


def _kind(name: str) -> str:
    """Return what kind of body an organisation is by its name: the word before "of" or the like,
    else the last one; "" for a bloc of states, whose union is no trade union.
    """
    words = fold(name).split(" ")
    end = next(
        (i for i, word in enumerate(words) if i and word in ("of", "for", "on", "to")), len(words)
    )
    kind = words[end - 1]
    return "" if kind == "union" and fold(name) in lexicon().phrases else kind
