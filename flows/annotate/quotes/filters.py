"""Which marked stretches are quotations, and of which kind: scare quotes, titles, nicknames, measures and headings are not.

Here: the judgement of one stretch, given its source. Not here: finding marks or speakers.
"""

from __future__ import annotations

import re

from flows.annotate.quotes.marks import Marked
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.speakers import Source

# Quoted words with a weak source or none count as a quotation from this length on (in the shared articles nearly all do).
FEWEST_WORDS = 5
LONGEST_HEADING = 8
_WEAK = ("subject", "after-loose", "noun")
_LETTER = re.compile(r"[^\W\d_]")


def is_quotation(reading: Reading, mark: Marked, source: Source | None) -> bool:
    """Whether somebody says the words of `mark`, as far as its length and its source tell."""
    words = reading.text[mark.start : mark.end]
    if not _LETTER.search(words):
        return False
    count = len(words.split())
    if mark.family == "single" and reading.double_style and (source is None or source.pattern in _WEAK):
        return False
    if _is_heading(reading, mark):
        return False
    if source is None or source.pattern in _WEAK:
        return count >= FEWEST_WORDS
    return True


def _is_heading(reading: Reading, mark: Marked) -> bool:
    """Whether the stretch is a whole short line without a stop: a subheading that echoes the text."""
    text = reading.text
    before, after = text[max(0, mark.outer_start - 2) : mark.outer_start].strip(" "), text[mark.outer_end : mark.outer_end + 2].strip(" ")
    alone = (not before or before.endswith("\n")) and (not after or after.startswith("\n"))
    return alone and text[mark.end - 1] not in ".,!?…:;" and len(text[mark.start : mark.end].split()) <= LONGEST_HEADING


def kind_of(reading: Reading, mark: Marked) -> str:
    """Return "direct" for words that make a sentence of their own, "mixed" for a part of the reporter's sentence."""
    text = reading.text
    first = text[mark.start : mark.start + 2].lstrip("([")[:1]
    capital = first.isupper() or first.isdigit() or mark.paragraphs > 1
    ends = text[mark.end - 1] in ".?!,…—–-" or text[mark.outer_end : mark.outer_end + 1] in (",", ".")
    long_enough = len(text[mark.start : mark.end].split()) > 2
    return "direct" if capital and (ends or long_enough) and long_enough else "mixed"
