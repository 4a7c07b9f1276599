"""Notes by which an outlet says that it corrected or updated an article."""

from __future__ import annotations

from collections.abc import Iterable

from flows.clean.wording import small, small_wording

MIN_NOTE, MAX_NOTE = 12, 1200
"""Characters of a note; longer blocks are the article's own."""

MAX_NOTES = 10

_NOTE = small_wording("metadata", "corrections.note")


def corrections_of(blocks: Iterable[str]) -> tuple[str, ...]:
    """Return the blocks that are such notes, each once, in reading order."""
    found = (
        block
        for block in blocks
        if MIN_NOTE <= len(block) <= MAX_NOTE and _NOTE.match(small(block))
    )
    return tuple(dict.fromkeys(found))[:MAX_NOTES]
