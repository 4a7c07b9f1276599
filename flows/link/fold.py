"""Folding: a text reduced to its words, so that case and punctuation do not matter."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
COUNTED = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|[^\W_\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+"
)
"""A word, or one character of a script that puts no space between words: Thai, kana, Han."""


def fold(text: str) -> str:
    """Return the words of `text` in lower case and NFKC, separated by one space, without
    punctuation.
    """
    return " ".join(WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def count_words(text: str) -> int:
    """Return the number of words; each character of Thai, kana and Han counts as one."""
    return sum(1 for _ in COUNTED.finditer(text))
