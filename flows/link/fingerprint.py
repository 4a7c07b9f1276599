"""Fingerprints: what linking keeps of an article's text, so that no text has to be read again.

A word is kept as a number (CRC-32 of its folded form). Nothing here depends on a language: names
are words that are capitalised inside sentences, numbers are words with a digit, and scripts without
spaces are cut into pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint32]
"""Words or shingles as numbers."""

SHINGLE_WORDS = 4
"""Words of a shingle. Unrelated articles hardly share four words in a row; copies still do after a
word of each sentence was changed.
"""

LEAD_WORDS = 80
"""Words at the beginning that count as the lead, with the title: they say what the article is
about.
"""

MAX_LEAD_COUNT, MAX_COUNT = 60, 255
IS_NAME, IS_NUMBER, LEAD_SHIFT = 1, 2, 2
"""How `marks` is packed: one bit each for names and numbers, then the count in the lead."""

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
SPACELESS = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
POSSESSIVE = re.compile(r"['’]s?$")
AFTER_STOP = re.compile(r"(?:^|[.!?:;\n\"“”„‘«»‹›—–(\[]['’]?)\s*$")
"""What stands before a word that begins a sentence, a quotation or a line."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One text. `terms` are its distinct words, sorted; `counts` and `marks` go with them; `words`
    are all words in order.
    """

    terms: list[int]
    counts: list[int]
    marks: list[int]
    words: list[int]


class Word(NamedTuple):
    """One word of a text: its folded form and offsets, and whether it is capitalised and inside a
    sentence.
    """

    form: str
    start: int
    end: int
    is_capital: bool
    is_inside: bool


@lru_cache(maxsize=200_000)
def number_of(form: str) -> int:
    """Return the number of a folded word."""
    return zlib.crc32(form.encode())


def words_of(text: str) -> list[Word]:
    """Return the words of `text` in order. Offsets are those of `text`."""
    found: list[Word] = []
    is_spaced = not SPACELESS.search(text)
    for match in WORD.finditer(text):
        start, end = match.span()
        surface = match.group()
        if not is_spaced and SPACELESS.search(surface):
            pairs = range(start, max(start + 1, end - 1))
            found += [Word(text[n : n + 2], n, min(n + 2, end), False, False) for n in pairs]
            continue
        is_capital = surface[0].isupper()
        is_inside = is_capital and not AFTER_STOP.search(text[max(0, start - 4) : start])
        found.append(Word(fold_word(surface), start, end, is_capital, is_inside))
    return found


@lru_cache(maxsize=200_000)
def fold_word(surface: str) -> str:
    """Return a word in lower case and NFKC, without a possessive, with a plain apostrophe."""
    bare = POSSESSIVE.sub("", surface) or surface
    if bare.isascii():
        return bare.lower()
    return unicodedata.normalize("NFKC", bare).casefold().replace("’", "'")


def fingerprint(head: Sequence[Word], body: Sequence[Word]) -> Fingerprint:
    """Return the fingerprint of an article, from the words of its headline and of its text."""
    forms = [word.form for word in body]
    own = [word.form for word in head]
    counts = Counter(forms)
    lead = Counter(own + forms[:LEAD_WORDS])
    counts.update(own)
    capitals = [word for word in body if word.is_capital]
    capital = Counter([word.form for word in capitals])
    inside = {word.form for word in capitals if word.is_inside}
    names = {
        form for form in inside if len(form) > 1 and 2 * capital[form] > counts[form] - lead[form]
    }
    rows: dict[int, tuple[int, int]] = {}
    for form, count in counts.items():
        marks = IS_NAME if form in names else 0
        if not form.isalpha() and any(char.isdigit() for char in form):
            marks += IS_NUMBER
        if form in lead:
            marks += min(lead[form], MAX_LEAD_COUNT) << LEAD_SHIFT
        rows[number_of(form)] = (min(count, MAX_COUNT), marks)
    terms = sorted(rows)
    return Fingerprint(
        terms,
        [rows[term][0] for term in terms],
        [rows[term][1] for term in terms],
        list(map(number_of, forms)),
    )


def shingles(words: Sequence[int] | Numbers) -> Numbers:
    """Return the numbers of the shingles of `words`, distinct and sorted; one of a shorter text."""
    given = np.asarray(words, dtype=np.uint64)
    if not len(given):
        return np.zeros(0, dtype=np.uint32)
    size = min(SHINGLE_WORDS, len(given))
    mixed = np.zeros(len(given) - size + 1, dtype=np.uint64)
    for place in range(size):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + given[place : len(given) - size + 1 + place]
        mixed ^= mixed >> np.uint64(29)
    return np.unique((mixed >> np.uint64(16)).astype(np.uint32))
