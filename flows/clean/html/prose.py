"""What reads like running text, and which heading is the headline: questions about single segments
that other modules build on.
"""

from __future__ import annotations

import re
from itertools import accumulate

from flows.clean.html.elements import HEADINGS
from flows.clean.html.segments import Box, Page, Segment
from flows.clean.metadata.words import letters
from flows.clean.normal_text import DENSE_SCRIPT

MIN_PROSE = 60
"""Characters from which an unlinked block counts as prose; a third of it in scripts without spaces,
where a letter is a word.
"""

_SENTENCE_END = re.compile(r"[.!?…。！？:;][\"'”’»)\]]*$")


def is_prose(segment: Segment) -> bool:
    """Whether a segment reads like running text: long enough, little of it linked, no heading."""
    size = len(segment.text)
    if segment.tag in HEADINGS or segment.tag == "tr" or segment.linked * 2 > size:
        return False
    return size >= MIN_PROSE or (size >= MIN_PROSE // 3 and bool(DENSE_SCRIPT.search(segment.text)))


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does, closing quotes and brackets aside."""
    return bool(_SENTENCE_END.search(text[-20:]))


class Prose:
    """The page's characters of prose, outside links, by segment and, in constant time, by box or
    stretch.
    """

    def __init__(self, page: Page) -> None:
        self.of = [len(s.text) - s.linked if is_prose(s) else 0 for s in page.segments]
        self._sums = [0, *accumulate(self.of)]
        self.cards: list[bool] | None = None
        """Which boxes look like a card, once it was asked (`cards_of`)."""

    @property
    def total(self) -> int:
        """Characters of prose on the whole page."""
        return self._sums[-1]

    def within(self, box: Box) -> int:
        """Characters of prose in a box."""
        return self.between(box.first, box.last)

    def between(self, first: int, last: int) -> int:
        """Characters of prose in the segments from `first` to `last`, exclusive."""
        return self._sums[last] - self._sums[first]


def headline_of(page: Page, title: str | None) -> int:
    """Return the segment that is the headline: the heading that says the title, else the first
    `<h1>`; -1 where there is neither.
    """
    wanted = letters(title or "")
    first = -1
    for at, segment in enumerate(page.segments):
        if segment.tag in HEADINGS and not page.is_hidden(segment):
            if wanted and letters(segment.text) == wanted:
                return at
            if first < 0 and segment.tag == "h1":
                first = at
    return first
