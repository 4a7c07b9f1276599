"""Dates as pages write them: ISO, RFC 2822, figures and month names, read into aware datetimes with
their precision.

A time without a zone is taken as UTC. What a page claims in several places is weighed in
published.py, not here.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from importlib.resources import files
from typing import Any

EARLIEST_YEAR = 1990
"""Pages of the web are not older; a smaller year is a page number, a price or the epoch."""

LATEST_YEAR = 2100

_ISO = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[-/.]?)(?P<m>0[1-9]|1[0-2])(?:(?P=s)(?P<d>0[1-9]|[12]\d|3[01]))?(?!\d)"
    r"(?:[T\s,]{1,3}(?P<h>[01]?\d|2[0-4])[:h.]?(?P<mi>[0-5]\d)(?:[:.]?(?P<se>[0-5]\d|60)(?:[.,]\d+)?)?\s*(?P<z>Z\b|[+-]\d\d(?::?\d\d)?|[A-Za-z]{1,5}\b)?)?"
)
_YMD_LOOSE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*[-/.年년]\s*(?P<m>1[0-2]|0?[1-9])\s*[-/.月월]\s*(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)"
)
_FIGURES = re.compile(
    r"(?<![\d.])(?P<a>\d{1,2})\s?(?P<s>[./|-])\s?(?P<b>\d{1,2})\s?(?P=s)\s?(?P<y>(?:19|20)?\d\d)(?!\d)"
)
_CLOCK = re.compile(
    r"(?<!\d)(?P<h>[01]?\d|2[0-4])(?:[:.h](?P<mi>[0-5]\d)(?:[:.](?P<se>[0-5]\d))?\s*(?P<ap>[ap]\.?m\b\.?)?|\s*(?P<ap2>[ap]\.?m\b\.?))"
    r"\s*(?P<z>Z\b|(?:UTC|GMT)?[+-]\d\d?(?::?\d\d)?|\(?[A-Za-z]{2,5}\b\)?)?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class When:
    """A moment with the zone the page gave it (UTC where it gave none) and how much of it the page
    gave.
    """

    at: datetime
    precision: str

    @property
    def day(self) -> datetime:
        """The local day, at midnight UTC: what two claims of one page are compared by."""
        return datetime(self.at.year, self.at.month, self.at.day, tzinfo=UTC)


def parse_date(text: str, *, day_first: bool = True) -> When | None:
    """The first date in a string; None where there is none.

    `day_first` settles `03/04/2024` where the figures alone do not: 3 April where true. Precision
    is `second`, `minute`, `day` or `month`.
    """
    text = text[:200]
    if found := _ISO.search(text):
        return _from_iso(found)
    if found := _YMD_LOOSE.search(text):
        return _moment(int(found["y"]), int(found["m"]), int(found["d"]), text[found.end() :])
    if found := _named().search(text):
        month = _months()[(found["mon"] or found["mon2"] or found["mon3"]).lower()]
        day = found["d"] or found["d2"] or found["d3"]
        return _moment(
            int(found["y"] or found["y2"] or found["y3"]),
            month,
            int(day) if day else None,
            _without(text, found),
        )
    if found := _FIGURES.search(text):
        first, second, year = int(found["a"]), int(found["b"]), int(found["y"])
        year += 2000 if year < 100 else 0
        is_day_first = first > 12 or (second <= 12 and (day_first or found["s"] == "."))
        day, month = (first, second) if is_day_first else (second, first)
        return _moment(year, month, day, _without(text, found))
    return None


def split_at_dates(text: str) -> str:
    """The text with a bullet in place of every date in it that names its day, month and year."""
    if not any(letter.isdigit() for letter in text):
        return text
    return _named().sub(
        lambda found: " • " if found["d"] or found["d2"] or found["d3"] else found[0], text
    )


def figures_in(text: str) -> list[tuple[int, int]]:
    """The first two numbers of every date in figures with dashes or strokes, where the order is in
    doubt: `03/04/2031` gives 3 and 4.
    """
    return [
        (int(found["a"]), int(found["b"]))
        for found in _FIGURES.finditer(text)
        if found["s"] in "/-"
    ]


def beside_dates(text: str) -> tuple[int, str]:
    """How many dates a string holds, and what stands beside them."""
    count = 0
    for pattern in (_ISO, _YMD_LOOSE, _named(), _FIGURES):
        text, found = pattern.subn(" ", text)
        count += found
    return count, text


def _without(text: str, found: re.Match[str]) -> str:
    """The rest of a date line, the part after the date first: there stands the time of day, rarely
    before it.
    """
    return f"{text[found.end() :]} {text[: found.start()]}"


def _from_iso(found: re.Match[str]) -> When | None:
    try:
        year, month = int(found["y"]), int(found["m"])
        if found["d"] is None:
            return _checked(datetime(year, month, 1, tzinfo=UTC), "month") if found["s"] else None
        day = datetime(year, month, int(found["d"]), tzinfo=UTC)
        if found["h"] is None:
            return _checked(day, "day")
        zone = _zone(found["z"])
        moment = day.replace(
            hour=int(found["h"]) % 24,
            minute=int(found["mi"]),
            second=min(int(found["se"] or 0), 59),
            tzinfo=zone,
        )
        return _checked(moment, "second" if found["se"] else "minute")
    except ValueError:
        return None


def _moment(year: int, month: int, day: int | None, rest: str) -> When | None:
    try:
        if day is None:
            return _checked(datetime(year, month, 1, tzinfo=UTC), "month")
        at = datetime(year, month, day, tzinfo=UTC)
        clock = _CLOCK.search(rest[:60])
        if clock is None:
            return _checked(at, "day")
        hour = int(clock["h"])
        half = (clock["ap"] or clock["ap2"] or "").lower()
        if half.startswith("p") and hour < 12:
            hour += 12
        elif half.startswith("a") and hour == 12:
            hour = 0
        at = at.replace(
            hour=hour % 24,
            minute=int(clock["mi"] or 0),
            second=int(clock["se"] or 0),
            tzinfo=_zone(clock["z"]),
        )
        return _checked(at, "second" if clock["se"] else "minute")
    except ValueError:
        return None


def _checked(at: datetime, precision: str) -> When | None:
    return When(at, precision) if EARLIEST_YEAR <= at.year < LATEST_YEAR else None


def _zone(name: str | None) -> timezone:
    if not name:
        return UTC
    name = name.strip("()").lower()
    figures = re.search(r"([+-])(\d\d?):?(\d\d)?$", name)
    if figures:
        offset = timedelta(hours=int(figures[2]), minutes=int(figures[3] or 0))
        return (
            timezone(offset if figures[1] == "+" else -offset)
            if offset < timedelta(hours=15)
            else UTC
        )
    hours = _table()["zones"].get(name)
    return timezone(timedelta(hours=float(hours))) if hours else UTC


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("months.toml").read_text("utf-8"))


@cache
def _months() -> dict[str, int]:
    return {name: int(number) for number, names in _table()["months"].items() for name in names}


@cache
def _named() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    year = r"(?:19|20)\d\d"
    return re.compile(
        rf"(?<!\d)(?P<d>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|er|º|\.)?\s*(?:de\s+|of\s+|[-/])?(?P<mon>{names})\b\.?,?\s*(?:de\s+|del\s+|[-/])?(?P<y>{year})\b"
        rf"|(?<!\d)(?P<y3>{year})[\s,]+(?P<mon3>{names})\b\.?\s+(?P<d3>3[01]|[12]\d|0?[1-9])(?!\d)"
        rf"|\b(?P<mon2>{names})\b\.?\s+(?:(?P<d2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?,?\s+)?(?P<y2>{year})\b",
        re.I,
    )
