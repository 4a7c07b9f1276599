"""Dates with a month's name, in any language and order: `7 octubre 2031`, `October 7, 2031`,
`2031. október 7.`, `ngày 7 tháng 10 năm 2031`. Dates in figures alone are for dates.py.

A date is found from its year: the words before and after it are read until one is no part of a
date.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from flows.clean.metadata.calendars import (
    PERSIAN_MONTHS,
    PERSIAN_YEARS,
    from_persian,
    western_year,
)
from flows.clean.metadata.month_names import MAX_WORDS, folded_month, month_of

MAX_REACH = 45
"""Characters before and after a year in which its day and month stand."""

_YEAR = re.compile(r"(?<![\d.,/:])(?:19|20|25|13|14)\d\d(?!\d)")
_SHORT_YEAR = re.compile(r"(?<=[^\W\d_][-'’ .])['’]?(\d\d)(?![\d:.h])")
_TOKEN = re.compile(r"\d+|[^\W\d_][^\s\d,;:|/()\[\]<>–—.•·\"“”«»'’+-]*|\S")
_JOINERS = frozenset(".,-–/'’")
_NUMBERED_MONTH = frozenset({"tháng", "thang"})


@dataclass(frozen=True, slots=True)
class NamedDate:
    """A date with a month's name: its numbers and its place in the text (`end` exclusive). `day` is
    None where the text gives none.
    """

    year: int
    month: int
    day: int | None
    start: int
    end: int


def named_dates(text: str, language: str | None = None) -> Iterator[NamedDate]:
    """Yield the dates of a text in reading order; figures must be Western (`western_figures`)."""
    done = 0
    for found in _YEAR.finditer(text):
        if found.start() < done:
            continue
        date = _around(text, found, int(found[0]), language, done)
        if date is not None:
            done = date.end
            yield date


def short_dated(text: str, language: str | None = None) -> NamedDate | None:
    """Return the first date whose year has two figures (`07-Oct-31`, `7 Oct '31`); None without
    one.
    """
    for found in _SHORT_YEAR.finditer(text):
        is_marked = found[0][0] in "'’" or text[found.start() - 1] in "-'’."
        if not is_marked:
            continue
        before = _before(text, found.start(), language, 0)
        if before and before.day is not None:
            year = int(found[1])
            is_thai = "\u0e00" <= text[max(0, found.start() - 2)] <= "\u0e7f"
            return NamedDate(
                year + (2500 - 543 if is_thai else 2000), before.month, before.day, before.start,
                found.end(),
            )  # fmt: skip
    return None


@dataclass(frozen=True, slots=True)
class _Part:
    """Month and day on one side of a year, and where they begin or end."""

    month: int
    day: int | None
    start: int
    end: int


def _around(
    text: str, found: re.Match[str], year: int, language: str | None, done: int
) -> NamedDate | None:
    is_persian = year in PERSIAN_YEARS
    before = _before(text, found.start(), language, done, is_persian)
    if before is None or before.day is None:
        after = _after(text, found.end(), language, is_persian)
        if after is not None and after.day is not None:
            return _dated(year, after, found.start(), after.end, is_persian)
    if before is None:
        return None
    return _dated(year, before, before.start, found.end(), is_persian)


def _dated(year: int, part: _Part, start: int, end: int, is_persian: bool) -> NamedDate | None:
    if not is_persian:
        year = western_year(year)
        is_known = 1900 <= year <= 2100
        return NamedDate(year, part.month, part.day, start, end) if is_known else None
    if part.day is None:
        return None
    try:
        day = from_persian(year, part.month, part.day)
    except ValueError:
        return None
    return NamedDate(day.year, day.month, day.day, start, end)


def _before(
    text: str, year_at: int, language: str | None, done: int, is_persian: bool = False
) -> _Part | None:
    first = max(done, year_at - MAX_REACH)
    tokens = [(m[0], first + m.start()) for m in _TOKEN.finditer(text[first:year_at])]
    at = _skip(tokens, len(tokens) - 1, -1)
    if at < 0:
        return None
    if _is_day(tokens[at][0]):
        return _day_last(tokens, at, language, is_persian)
    month, at = _month_backwards(tokens, at, language, is_persian)
    if month is None:
        return None
    start = tokens[at][1]
    before = _skip(tokens, at - 1, -1)
    other, further = _month_backwards(tokens, before, language, is_persian)
    if other == month:  # one month by two names: "أكتوبر / تشرين الأول"
        before = _skip(tokens, further - 1, -1)
    if before >= 0 and _is_day(tokens[before][0]):
        return _Part(month, int(tokens[before][0]), tokens[before][1], year_at)
    return _Part(month, None, start, year_at)


def _day_last(
    tokens: Sequence[tuple[str, int]], at: int, language: str | None, is_persian: bool
) -> _Part | None:
    """Read `October 7` or `7 tháng 10`, the last number being at `at`."""
    number = int(tokens[at][0])
    before = _skip(tokens, at - 1, -1)
    if before >= 1 and tokens[before][0].lower() in _NUMBERED_MONTH and number <= 12:
        day = _skip(tokens, before - 1, -1)
        if day >= 0 and _is_day(tokens[day][0]):
            return _Part(number, int(tokens[day][0]), tokens[day][1], tokens[at][1])
        return None
    month, start = _month_backwards(tokens, before, language, is_persian)
    return _Part(month, number, tokens[start][1], tokens[at][1]) if month is not None else None


def _after(text: str, year_end: int, language: str | None, is_persian: bool) -> _Part | None:
    found = list(_TOKEN.finditer(text[year_end : year_end + MAX_REACH]))
    tokens = [(m[0], year_end + m.start()) for m in found]
    at = _skip(tokens, 0, 1)
    if at >= len(tokens):
        return None
    day = int(tokens[at][0]) if _is_day(tokens[at][0]) else None
    if day is not None:
        at = _skip(tokens, at + 1, 1)
    for size in range(MAX_WORDS, 0, -1):
        words = [token for token, _ in tokens[at : at + size]]
        if len(words) == size and all(word[0].isalpha() for word in words):
            month = _month(" ".join(words), language, is_persian)
            if month is None:
                continue
            end = year_end + found[at + size - 1].end()
            if day is not None:
                return _Part(month, day, year_end, end)
            behind = _skip(tokens, at + size, 1)
            if behind < len(tokens) and _is_day(tokens[behind][0]):
                return _Part(
                    month, int(tokens[behind][0]), year_end, year_end + found[behind].end()
                )
            return None
    return None


def _month_backwards(
    tokens: Sequence[tuple[str, int]], at: int, language: str | None, is_persian: bool
) -> tuple[int | None, int]:
    """Return the month whose name ends at a token, and where it begins; None where none does."""
    for size in range(min(MAX_WORDS, at + 1), 0, -1):
        words = [token for token, _ in tokens[at - size + 1 : at + 1]]
        glue = "" if "." in words else " "  # a short form with full stops: "ต.ค."
        words = [word for word in words if word != "."]
        if words and all(word[0].isalpha() for word in words):
            month = _month(glue.join(words), language, is_persian)
            if month is not None:
                return month, at - size + 1
    return None, at


def _month(name: str, language: str | None, is_persian: bool) -> int | None:
    return PERSIAN_MONTHS.get(name) if is_persian else month_of(name, language)


def _is_day(token: str) -> bool:
    return token.isdecimal() and len(token) <= 2 and 1 <= int(token) <= 31


def _skip(tokens: Sequence[tuple[str, int]], at: int, step: int) -> int:
    """Return the place of the next token that is neither a joining mark nor a word between."""
    while 0 <= at < len(tokens) and (
        tokens[at][0] in _JOINERS or folded_month(tokens[at][0]) in _between()
    ):
        at += step
    return at


@cache
def _between() -> frozenset[str]:
    table = tomllib.loads(files(__package__).joinpath("month_forms.toml").read_text("utf-8"))
    return frozenset(folded_month(word) for word in table["between"]["words"])
