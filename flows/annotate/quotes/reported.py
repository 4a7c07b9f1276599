"""Reported words as a span of the text, and whether they are plain: with no quotation in them.

Not here: where they begin and end (`clauses`), who reports (`reports`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reports import Source
from flows.annotate.quotes.tokens import QUOTE, Sentence

MIN_TOKENS = 2
_CLOSING = re.compile(r"[.,?!]?''")


@dataclass(frozen=True, slots=True)
class Reported:
    """Reported words at characters `start:end`, and their source, None where the text names nobody
    ("is expected to").
    """

    start: int
    end: int
    source: Source | None


def reported(reading: Reading, first: int, last: int, source: Source | None) -> Reported:
    """Return tokens `first:last` as reported words; a doubled apostrophe that closes at their end
    belongs to them.
    """
    start, end = reading.tokens[first].start, reading.tokens[last - 1].end
    if reading.text.count("''", start, end) % 2:
        closing = _CLOSING.match(reading.text, end)
        end = closing.end() if closing is not None else end
    return Reported(start, end, source)


def is_plain(
    reading: Reading, first: int, last: int, sentence: Sentence, taken: frozenset[int]
) -> bool:
    """Whether tokens `first:last` are words enough, with no quotation in them or right at their
    end.
    """
    tokens = reading.tokens
    if last - first < MIN_TOKENS:
        return False
    if tokens[first].low in reading.words["auxiliaries"]:
        return False  # "... who said is gone": the words stand before
    runs_on = last < sentence.last and tokens[last].kind == QUOTE
    inside = any(
        tokens[i].kind == QUOTE and tokens[i].quote in taken for i in range(first, last + runs_on)
    )
    return not inside
