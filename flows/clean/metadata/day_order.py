"""Whether a page writes 03/04 for 3 April or for 4 March. Reading dates is for dates.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from flows.clean.metadata.dates import When, orders_in, parse_date
from flows.clean.metadata.site import host_of

MONTH_FIRST = ("en-us", "en_us", "en-ph", "en_ph", "fil", "es-pr", "es_pr", "es-pa", "es_pa")
"""Languages declared by pages that write 03/04 for 4 March (short dates of CLDR)."""

NO_COUNTRY = frozenset({"us", "io", "co", "tv", "me", "ai", "fm", "to", "cc"})
"""Endings of two letters under which the world's English pages stand; under other countries'
English is written with the day first.
"""

MAX_LINE = 120
"""Characters of a line whose dates are looked at; there is no need to search whole paragraphs."""

MAX_LINES = 40
"""Lines from the headline on whose dates may be the article's."""

MAX_NEAR = timedelta(days=7)
"""How near a day in figures stands to one that is in no doubt where both are the article's."""


def reads_day_first(
    lines: Sequence[str],
    locale: str,
    url: str | None,
    *,
    values: Iterable[str] = (),
    days: Sequence[When] = (),
) -> bool:
    """Whether the day comes first in the page's dates in figures.

    The page's own dates settle it where one has a number over twelve or a weekday beside it, in its
    lines or in the `values` of its head; then dates that fit the `days` that are in no doubt in one
    order only. Else it is the declared language (`locale`, in lower case), and for English of no
    country the end of the address.
    """
    texts = [*(line for line in lines if len(line) <= MAX_LINE), *values]
    dated = [(text, orders) for text in texts if (orders := orders_in(text))]
    day_first = sum(orders.count(True) for _, orders in dated)
    month_first = sum(orders.count(False) for _, orders in dated)
    if dated and day_first == month_first and (known := [*days, *_undoubted(lines)]):
        day_first += sum(_fits(text, known, day_first=True) for text, _ in dated)
        month_first += sum(_fits(text, known, day_first=False) for text, _ in dated)
    if day_first != month_first:
        return day_first > month_first
    if any(declared in locale for declared in MONTH_FIRST):
        return False
    end = (host_of(url) or "").rsplit(".", 1)[-1]
    return locale.split() != ["en"] or (len(end) == 2 and end not in NO_COUNTRY) or not end


def _undoubted(lines: Sequence[str]) -> Iterator[When]:
    """Yield the days of short lines whose date has no figures with strokes or dashes."""
    for line in lines[:MAX_LINES]:
        is_short = len(line) <= MAX_LINE // 2 and not orders_in(line)
        when = parse_date(line) if is_short else None
        if when and when.has_day:
            yield when


def _fits(text: str, days: Sequence[When], *, day_first: bool) -> bool:
    when, other = (parse_date(text, day_first=order) for order in (day_first, not day_first))
    if when is None or other is None or when.day == other.day:
        return False
    return (
        min(abs(when.day - day.day) for day in days)
        <= MAX_NEAR
        < min(abs(other.day - day.day) for day in days)
    )
