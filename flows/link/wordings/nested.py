"""Quotations inside a quotation: words that the speaker quotes from somebody else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from flows.link.wordings.alignment import Alignment, Weigh, align, numbers_of

NESTED = re.compile(
    r"‘([^‘’]+(?:’\w[^‘’]*)*)’|“([^“”]+)”|„([^„“”]+)[“”]|‚([^‚‘’]+)[‘’]|«([^«»]+)»|»([^«»]+)«"
    r"|‹([^‹›]+)›|「([^「」]+)」|『([^『』]+)』|\"([^\"]+)\"|(?<!\w)'(\S[^']*(?:'\w[^']*)*)'(?!\w)"
)
"""Words between two marks. An apostrophe before a letter ends nothing."""


@lru_cache(maxsize=20_000)
def nested_parts(text: str) -> tuple[tuple[int, ...], ...]:
    """Return the words, as numbers, of each quotation inside a quotation of `text`, but not if that
    is all of it.
    """
    whole = numbers_of(text)
    found = (numbers_of(next(filter(None, match.groups()))) for match in NESTED.finditer(text))
    return tuple(part for part in found if part and part != whole)


def is_from_nested(text: str, words: Sequence[int], found: Alignment, weigh: Weigh) -> bool:
    """Whether all that `words` share with the quotation `text` stands in a quotation inside it:
    then the speaker repeats what another has said. `found` is what the two share.
    """
    return any(align(part, words, weigh).common >= found.common for part in nested_parts(text))
