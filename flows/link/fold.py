"""Folding: what is left of a text when only its words matter."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
COUNTED = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|[^\W_\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+"
)
"""A word, or one character of the scripts that put no space between words: Thai, kana, Han."""


def fold(text: str) -> str:
    """Return the words of `text`, case and compatibility forms folded, one space between two; marks
    and punctuation are gone.
    """
    return " ".join(WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def count_words(text: str) -> int:
    """Return the number of words; characters of Thai, kana and Han count each."""
    return sum(1 for _ in COUNTED.finditer(text))
