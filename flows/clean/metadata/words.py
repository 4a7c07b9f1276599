"""Small text work that every metadata reader shares: folding white space, comparing strings by
their letters.
"""

from __future__ import annotations

import re
from functools import lru_cache

from flows.clean.normal_text import normal_text

_WORD = re.compile(r"\w+")
_SMALL = bytes(ord(c.lower()) if c.isalnum() or c == "_" else 32 for c in map(chr, range(128)))
_SMALL += bytes(128)
"""ASCII in lower case, with a blank for all that belongs to no word."""

MAX_REMEMBERED = 200
"""Characters of a string whose `letters` are remembered: lines around the headline are compared
with it, with titles and with names again and again.
"""


def tidy(text: str) -> str:
    """Fold all white space, no-break spaces included, to single blanks, and drop unseen characters;
    C1 characters are left alone.
    """
    return " ".join(normal_text(text).split())


def letters(text: str) -> str:
    """A string's words in lower case, single blanks between: what is compared where case and marks
    do not count.
    """
    return _remembered(text) if len(text) <= MAX_REMEMBERED else _letters(text)


def _letters(text: str) -> str:
    if text.isascii():  # three times as quick as the expression
        return " ".join(text.encode().translate(_SMALL).decode().split())
    return " ".join(_WORD.findall(text.casefold()))


_remembered = lru_cache(maxsize=2_000)(_letters)
