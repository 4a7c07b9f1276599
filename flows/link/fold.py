"""Folding: a text reduced to its words, so that case and punctuation do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from flows.annotate.plain import plain

WORD = re.compile(r"[^\W_]+")
COUNTED = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|[^\W_\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+"
)
"""A word, or one character of a script that puts no space between words: Thai, kana, Han."""


_FOLDED = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}


def fold(text: str) -> str:
    """Return the words of `text` in lower case and NFKC, separated by one space, without
    punctuation.
    """
    if (words := _plain_words(text)) is not None:
        return " ".join(words)
    return " ".join(WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def count_words(text: str) -> int:
    """Return the number of words; each character of Thai, kana and Han counts as one."""
    if (words := _plain_words(text)) is not None:
        return len(words)
    return len(COUNTED.findall(text))


@lru_cache(maxsize=1)
def _plain_words(text: str) -> Sequence[str] | None:
    """Return the folded words of a text that is ASCII but for common marks, else None. The last
    text is remembered: a block is counted and then folded.
    """
    known = plain(text)
    return None if known is None else known.translate(_FOLDED).split()
