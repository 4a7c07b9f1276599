"""Whether a page writes 03/04 for 3 April or for 4 March. Reading dates is for dates.py."""

from __future__ import annotations

from collections.abc import Sequence

from flows.clean.metadata.dates import figures_in
from flows.clean.metadata.site import host_of

MONTH_FIRST = ("en-us", "en_us")
"""Languages declared by pages that write 03/04 for 4 March."""

NO_COUNTRY = frozenset({"us", "io", "co", "tv", "me", "ai", "fm", "to", "cc"})
"""Endings of two letters under which the world's English pages stand; under other countries'
English is written with the day first.
"""

MAX_LINE = 120
"""Characters of a line whose dates are looked at; there is no need to search whole paragraphs."""


def reads_day_first(lines: Sequence[str], locale: str, url: str | None) -> bool:
    """Whether the day comes first in the page's dates in figures.

    The page's own dates settle it where one has a number over twelve. Else it is the declared
    language (`locale`, in lower case), and for English of no country the end of the address.
    """
    pairs = [pair for line in lines if len(line) <= MAX_LINE for pair in figures_in(line)]
    day_first = sum(first > 12 >= second for first, second in pairs)
    month_first = sum(second > 12 >= first for first, second in pairs)
    if day_first != month_first:
        return day_first > month_first
    if any(declared in locale for declared in MONTH_FIRST):
        return False
    end = (host_of(url) or "").rsplit(".", 1)[-1]
    return locale.split() != ["en"] or (len(end) == 2 and end not in NO_COUNTRY) or not end
