"""How much two texts are about the same: by the words they share, whatever their order.

For texts of one address at two times, and of several addresses of one source. Words of six letters
and more carry what a text is about; shorter ones are grammar in most languages. Scripts without
spaces are compared by three characters.
"""

from __future__ import annotations

import re
import zlib

MIN_LETTERS = 6
MIN_WORDS = 8
"""Different words below which two texts cannot be told to differ."""

WORD = re.compile(r"[^\W\d_]+")


def content_words(text: str) -> frozenset[str]:
    """Return the words that say what a text is about."""
    words = WORD.findall(text.casefold())
    if sum(map(len, words)) > 12 * len(words):  # no spaces between words
        return frozenset(word[at : at + 3] for word in words for at in range(len(word) - 2))
    return frozenset(word for word in words if len(word) >= MIN_LETTERS)


def likeness(one: str, other: str) -> float:
    """Return the share (0 to 1) of the words of the text with fewer words that stand in the other
    too; 1 where either has too few words to tell.
    """
    first, second = content_words(one), content_words(other)
    fewer = min(len(first), len(second))
    return len(first & second) / fewer if fewer >= MIN_WORDS else 1.0


def shingles(text: str) -> frozenset[int]:
    """Return the runs of three words (any characters between spaces) of a text, hashed."""
    words = text.casefold().split()
    runs = (" ".join(words[at : at + 3]) for at in range(max(1, len(words) - 2)))
    return frozenset(zlib.crc32(run.encode("utf-8", "replace")) for run in runs)


def same_share(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of all runs of two texts that both have (Jaccard)."""
    return len(one & other) / (len(one | other) or 1)
