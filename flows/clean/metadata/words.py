"""Small text work that every metadata reader shares: folding white space, comparing strings by
their letters.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"\w+")


def tidy(text: str) -> str:
    """Fold all white space, no-break spaces included, to single blanks; C1 and format characters
    are left alone.
    """
    return " ".join(text.split())


def letters(text: str) -> str:
    """A string's words in lower case, single blanks between: what is compared where case and marks
    do not count.
    """
    return " ".join(_WORD.findall(text.casefold()))
