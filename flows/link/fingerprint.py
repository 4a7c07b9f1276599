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
from functools import cache, lru_cache
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
MIN_LONG, MAX_CODE = 600, 0x3000
"""Characters from which a text is worth a look at all of them at once, and the code from which on
characters are left to `re`: those of the Far East, and emoji.
"""

AFTER_STOP = re.compile(r"(?:^|[.!?:;\n\"“”„‘«»‹›—–(\[]['’]?)\s*$")
"""What stands before a word that begins a sentence, a quotation or a line."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One text. `terms` are its distinct words, sorted; `counts` and `marks` go with them; `words`
    are all words in order.
    """

    terms: Numbers
    counts: npt.NDArray[np.uint8]
    marks: npt.NDArray[np.uint8]
    words: Numbers


class Word(NamedTuple):
    """One word of a text: its folded form and offsets."""

    form: str
    start: int
    end: int


Spans = list[tuple[int, int]]
"""First character of each word, and the one after its last."""


@lru_cache(maxsize=200_000)
def number_of(form: str) -> int:
    """Return the number of a folded word."""
    return zlib.crc32(form.encode())


def spans_of(text: str) -> Spans:
    """Return where the words of `text` stand, in order."""
    spans = _quick_spans(text) if len(text) >= MIN_LONG else _spans(text)
    if not SPACELESS.search(text):
        return spans
    found: Spans = []
    for start, end in spans:
        if SPACELESS.search(text, start, end):
            found += [(n, min(n + 2, end)) for n in range(start, max(start + 1, end - 1))]
        else:
            found.append((start, end))
    return found


def _spans(text: str) -> Spans:
    return [match.span() for match in WORD.finditer(text)]


def _quick_spans(text: str) -> Spans:
    """Return the matches of WORD, in half the time, by looking up all characters at once."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if codes.max() >= MAX_CODE:
        return _spans(text)
    inside = np.zeros(len(codes) + 2, np.bool_)
    inside[1:-1] = _is_letter()[codes]
    apostrophes = (codes == ord("'")) | (codes == ord("’"))
    inside[1:-1] |= apostrophes & inside[:-2] & inside[2:]
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


@cache
def _is_letter() -> npt.NDArray[np.bool_]:
    """Whether each character of those below MAX_CODE is a letter or a figure, as WORD has it."""
    return np.fromiter(map(str.isalnum, map(chr, range(MAX_CODE))), np.bool_)


def words_of(text: str) -> list[Word]:
    """Return the words of `text` in order."""
    return [Word(fold_word(text[start:end]), start, end) for start, end in spans_of(text)]


def numbers_in(text: str) -> list[int]:
    """Return the words of `text` in order, as numbers."""
    if SPACELESS.search(text):
        return [number_of(fold_word(text[start:end])) for start, end in spans_of(text)]
    return [number_of(fold_word(surface)) for surface in WORD.findall(text)]


@lru_cache(maxsize=200_000)
def fold_word(surface: str) -> str:
    """Return a word in lower case and NFKC, without a possessive, with a plain apostrophe."""
    bare = surface
    if not surface.isalnum():  # an apostrophe stands in it
        bare = POSSESSIVE.sub("", surface) or surface
    if bare.isascii():
        return bare.lower()
    return unicodedata.normalize("NFKC", bare).casefold().replace("’", "'")


def fingerprint(title: str, text: str, spans: Spans) -> Fingerprint:
    """Return the fingerprint of an article, of whose text the words stand at `spans`."""
    surfaces = [text[start:end] for start, end in spans]
    # as `fold_word`, and below as `number_of`; without their tables a fifth less
    form_of = {
        surface: surface.lower() if surface.isascii() and surface.isalnum() else fold_word(surface)
        for surface in set(surfaces)
    }
    forms = [form_of[surface] for surface in surfaces]
    own = [fold_word(title[start:end]) for start, end in spans_of(title)]
    counts = Counter(forms)
    lead = Counter(own + forms[:LEAD_WORDS])
    counts.update(own)
    upper = {surface for surface in form_of if surface[0].isupper()}
    capitals = [n for n, surface in enumerate(surfaces) if surface in upper]
    capital = Counter([forms[n] for n in capitals])
    often = {
        form
        for form, count in capital.items()
        if len(form) > 1 and 2 * count > counts[form] - lead[form]
    }
    marks: dict[str, int] = {}
    for n in capitals:
        if (form := forms[n]) in often and form not in marks and _is_inside(text, spans[n][0]):
            marks[form] = IS_NAME
    for form in counts:
        if not form.isalpha() and any(map(str.isdigit, form)):
            marks[form] = marks.get(form, 0) + IS_NUMBER
    for form, count in lead.items():
        marks[form] = marks.get(form, 0) + (min(count, MAX_LEAD_COUNT) << LEAD_SHIFT)
    number = {form: zlib.crc32(form.encode()) for form in counts}
    terms, places = np.unique(
        np.fromiter(number.values(), np.uint32, len(counts)), return_index=True
    )
    return Fingerprint(
        terms,
        np.minimum(np.fromiter(counts.values(), np.int64), MAX_COUNT).astype(np.uint8)[places],
        np.fromiter((marks.get(form, 0) for form in counts), np.uint8, len(counts))[places],
        np.fromiter([number[form] for form in forms], np.uint32, len(forms)),
    )


def _is_inside(text: str, start: int) -> bool:
    """Whether the word at `start` is inside a sentence."""
    if start > 1 and text[start - 1] == " " and text[start - 2].isalnum():
        return True  # most are
    return not AFTER_STOP.search(text[max(0, start - 4) : start])


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
