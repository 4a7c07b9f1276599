"""Weekday names in all languages: the weekday beside a date proves which of its numbers is the day.

weekdays.tsv comes from CLDR (cldr.py); names that mean two days in two languages are left out.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from importlib.resources import files

from flows.clean.metadata.month_names import folded_month

WEEKDAYS_FILE = files(__package__).joinpath("weekdays.tsv")

_ONE = r"[^\W\d_][^\s\d,.;:|/()\[\]-]*"
_WORD = re.compile(rf"{_ONE}(?:[- ]{_ONE})?")
"""One word or two: "quarta-feira", "thứ hai"; vowel signs are no letters to `re`."""


def weekday_in(text: str) -> int | None:
    """Return the weekday that a text names, 0 (Monday) to 6; None where it names none or several.
    Figures must be Western.
    """
    days = {day for name in _names(text) if (day := _table().get(name)) is not None}
    return days.pop() if len(days) == 1 else None


def _names(text: str) -> set[str]:
    found = {folded_month(word[0]) for word in _WORD.finditer(text)}
    return found | {part for name in found for part in re.split("[- ]", name)}


def fits_weekday(year: int, month: int, day: int, weekday: int) -> bool:
    """Whether there is such a day and it is this weekday."""
    try:
        return date(year, month, day).weekday() == weekday
    except ValueError:
        return False


@cache
def _table() -> dict[str, int]:
    lines = WEEKDAYS_FILE.read_text("utf-8").splitlines()
    return {name: int(day) for name, day in (line.split("\t") for line in lines)}
