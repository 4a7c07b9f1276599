"""Dates as pages write them: ISO, RFC 2822, Unix time, figures and month names in any language,
read into aware datetimes with their precision.

published.py weighs what a page claims in several places. Months' names are read in named_dates.py,
other calendars in calendars.py.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from importlib.resources import files

from flows.clean.metadata.calendars import (
    PERSIAN_YEARS,
    THAI_YEARS,
    from_persian,
    western_figures,
    western_year,
)
from flows.clean.metadata.named_dates import NamedDate, named_dates, short_dated
from flows.clean.metadata.weekdays import fits_weekday, weekday_in

EARLIEST_YEAR = 1990
"""Pages of the web are not older; a smaller year is a page number, a price or the epoch."""

LATEST_YEAR = 2100

_ISO = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[-/.]?)(?P<m>0[1-9]|1[0-2])"
    r"(?:(?P=s)(?P<d>0[1-9]|[12]\d|3[01])|(?![-/.]\d))(?!\d)"
    r"(?:[T\s,]{1,3}(?P<h>[01]?\d|2[0-4])[:h.]?(?P<mi>[0-5]\d)"
    r"(?:[:.]?(?P<se>[0-5]\d|60)(?:[.,]\d+)?)?"
    r"\s*(?P<z>Z\b|[+-]\d\d(?::?\d\d)?|[A-Za-z]{1,5}\b)?)?"
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<y>(?:19|20|25|13|14)\d\d)\s*[-/.年년]\s*(?P<m>1[0-2]|0?[1-9])"
    r"\s*[-/.月월]\s*(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)"
)
_FIGURES = re.compile(
    r"(?<![\d.])(?P<a>\d{1,2})\s?(?P<s>[./|-])\s?(?P<b>\d{1,2})\s?(?P=s)\s?"
    r"(?P<y>(?:19|20|25)?\d\d)(?!\d|\s?[€$£¥%])"
)
_CLOCK = re.compile(
    r"(?<!\d)(?P<h>[01]?\d|2[0-4])"
    r"(?:[:.h時时시點点](?P<mi>[0-5]\d)(?:[:.分](?P<se>[0-5]\d))?\s*(?P<ap>[ap]\.?m\b\.?)?"
    r"|\s*(?P<ap2>[ap]\.?m\b\.?))"
    r"\s*(?P<z>Z\b|(?:UTC|GMT)?[+-]\d\d?(?::?\d\d)?|\(?[A-Za-z]{2,5}\b\)?)?",
    re.I,
)
_DIGIT = re.compile(r"\d")
_UNIX = re.compile(r"\s*(1\d{9}|2[01]\d{8})(?:\d{3})?\s*\Z")
"""Seconds or milliseconds since 1970, alone in a value; from 2001 to 2039."""

_CTIME = re.compile(
    r"\b(?P<mon>[A-Z][a-z]{2}) +(?P<d>\d{1,2}) (?P<clock>\d\d:\d\d(?::\d\d)?)"
    r"(?: (?P<z>[A-Z]{2,5}|[+-]\d{4}))? (?P<y>20\d\d)\b"
)
"""`Fri Oct 07 14:05:00 +0000 2031`: the clock between day and year, as programs print it."""


@dataclass(frozen=True, slots=True)
class When:
    """A moment and how much of it the page gave. `has_zone` is true where the page gave the zone;
    otherwise the moment stands in the zone that the caller named.
    """

    at: datetime
    precision: str
    has_zone: bool = False

    @property
    def has_day(self) -> bool:
        """Whether the page gave a day, not only a month."""
        return self.precision != "month"

    @property
    def day(self) -> datetime:
        """The local day, at midnight UTC, to compare two claims of one page."""
        return datetime(self.at.year, self.at.month, self.at.day, tzinfo=UTC)


def parse_date(
    text: str, *, day_first: bool = True, language: str | None = None, zone: tzinfo = UTC
) -> When | None:
    """The first date in a string; None where there is none.

    `day_first` decides `03/04/2024` where the figures alone do not: 3 April where true. `language`
    (two letters) decides between month names that languages share; `zone` holds for times without
    one. Precision is `second`, `minute`, `day` or `month`.
    """
    return _first_date(text[:200], day_first, language, zone)


@lru_cache(maxsize=1024)  # several questions are asked of one line
def _first_date(text: str, day_first: bool, language: str | None, zone: tzinfo) -> When | None:
    text = western_figures(text)
    if not _DIGIT.search(text):
        return None
    if found := _UNIX.match(text):
        at = datetime.fromtimestamp(int(found[1]), UTC)
        if not _is_compact_day(found[1]):
            return _checked(at, "second", has_zone=True)
    if found := _ISO.search(text):
        return _from_iso(found, zone)
    if found := _YEAR_FIRST.search(text):
        rest = text[found.end() :]
        return _moment(int(found["y"]), int(found["m"]), int(found["d"]), rest, zone)
    named, found = _named(text, language), _FIGURES.search(text)
    if named and (named.day is not None or not found):
        if found := _CTIME.search(text):
            rest = f"{found['clock']} {found['z'] or ''}"
        else:
            rest = _without(text, named.start, named.end)
        return _moment(named.year, named.month, named.day, rest, zone)
    if found:
        first, second, year = _numbers(found)
        proved = _proved_order(found, text)
        is_day_first = day_first or found["s"] == "." if proved is None else proved
        day, month = (first, second) if is_day_first else (second, first)
        return _moment(year, month, day, _without(text, found.start(), found.end()), zone)
    return None


def _numbers(found: re.Match[str]) -> tuple[int, int, int]:
    """The three numbers of a date in figures, the last a year of four figures."""
    year = int(found["y"])
    return int(found["a"]), int(found["b"]), year + (2000 if year < 100 else 0)


def _proved_order(found: re.Match[str], text: str) -> bool | None:
    """Whether the day comes first in a date in figures; None where neither a number over twelve nor
    the weekday beside it proves the order.
    """
    first, second, year = _numbers(found)
    if first > 12 or second > 12:
        return first > 12 if min(first, second) <= 12 else None
    weekday = weekday_in(text)
    if weekday is None:
        return None
    fits = fits_weekday(year, second, first, weekday), fits_weekday(year, first, second, weekday)
    return fits[0] if fits[0] != fits[1] else None


@dataclass(frozen=True, slots=True)
class DateReader:
    """How the dates of one page are read; the fields are the arguments of `parse_date`."""

    day_first: bool = True
    language: str | None = None
    zone: tzinfo = UTC

    def read(self, text: str) -> When | None:
        """Return the first date in a string; None where there is none."""
        return parse_date(text, day_first=self.day_first, language=self.language, zone=self.zone)


def _named(text: str, language: str | None) -> NamedDate | None:
    if found := _CTIME.search(text):
        plain = f"{found['d']} {found['mon']} {found['y']}"
        if named := next(named_dates(plain, "en"), None):
            return NamedDate(named.year, named.month, named.day, found.start(), found.end())
    return next(named_dates(text, language), None) or short_dated(text, language)


def split_at_dates(text: str, language: str | None = None) -> str:
    """The text with a bullet in place of every date in it that names its month and year."""
    if not any(letter.isdigit() for letter in text):
        return text
    return "".join(_replaced(text, language, " • "))


def orders_in(text: str) -> list[bool | None]:
    """For every date in figures with dashes or strokes, whether its day is proved to come first:
    `03/04/2031` gives None, `13/04/2031` true.
    """
    return [_proved_order(found, text) for found in _FIGURES.finditer(text) if found["s"] in "/-"]


def has_long_year(text: str) -> bool:
    """Whether a text gives a year in four figures, of any calendar, or in an era."""
    return bool(_LONG_YEAR.search(western_figures(text)))


_LONG_YEAR = re.compile(r"(?<!\d)(?:19|20|25|13|14)\d\d(?!\d)")


@lru_cache(maxsize=1024)  # several questions are asked of one line
def beside_dates(text: str, language: str | None = None) -> tuple[int, str]:
    """How many dates a string holds, and what stands beside them."""
    count, text = 0, western_figures(text)
    for pattern in (_ISO, _YEAR_FIRST):
        text, found = pattern.subn(" ", text)
        count += found
    pieces = list(_replaced(text, language, " "))
    count += (len(pieces) - 1) // 2
    text, found = _FIGURES.subn(" ", "".join(pieces))
    return count + found, text


def _replaced(text: str, language: str | None, mark: str) -> Iterator[str]:
    """Yield the pieces of a text between its named dates, with `mark` for each of these."""
    start = 0
    for named in named_dates(text if text.isascii() else western_figures(text), language):
        yield text[start : named.start]
        yield mark
        start = named.end
    yield text[start:]


def _is_compact_day(figures: str) -> bool:
    """Whether ten figures are a day and an hour (`2031100714`), not seconds."""
    return figures.startswith("20") and bool(re.match(r"20[0-3]\d(0[1-9]|1[0-2])[0-3]\d", figures))


def _without(text: str, start: int, end: int) -> str:
    """The rest of a date line, the part after the date first: the time of day stands there, rarely
    before it.
    """
    return f"{text[end:]} {text[:start]}"


def _from_iso(found: re.Match[str], zone: tzinfo) -> When | None:
    try:
        year, month = int(found["y"]), int(found["m"])
        if found["d"] is None:
            return _checked(datetime(year, month, 1, tzinfo=UTC), "month") if found["s"] else None
        day = datetime(year, month, int(found["d"]), tzinfo=UTC)
        if found["h"] is None:
            return _checked(day, "day")
        own = _zone(found["z"])
        moment = day.replace(
            hour=int(found["h"]) % 24,
            minute=int(found["mi"]),
            second=min(int(found["se"] or 0), 59),
            tzinfo=own or zone,
        )
        return _checked(moment, "second" if found["se"] else "minute", has_zone=own is not None)
    except ValueError:
        return None


def _moment(year: int, month: int, day: int | None, rest: str, zone: tzinfo) -> When | None:
    try:
        if year in PERSIAN_YEARS and day is not None:
            persian = from_persian(year, month, day)
            year, month, day = persian.year, persian.month, persian.day
        elif year in THAI_YEARS:
            year = western_year(year)
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
        own = _zone(clock["z"])
        at = at.replace(
            hour=hour % 24,
            minute=int(clock["mi"] or 0),
            second=int(clock["se"] or 0),
            tzinfo=own or zone,
        )
        return _checked(at, "second" if clock["se"] else "minute", has_zone=own is not None)
    except ValueError:
        return None


def _checked(at: datetime, precision: str, *, has_zone: bool = False) -> When | None:
    is_known = EARLIEST_YEAR <= at.year < LATEST_YEAR
    return When(at, precision, has_zone) if is_known else None


def _zone(name: str | None) -> timezone | None:
    """The zone of a name or an offset; None for words that name none."""
    if not name:
        return None
    name = name.strip("()").lower()
    figures = re.search(r"([+-])(\d\d?):?(\d\d)?$", name)
    if figures:
        offset = timedelta(hours=int(figures[2]), minutes=int(figures[3] or 0))
        return (
            timezone(offset if figures[1] == "+" else -offset)
            if offset < timedelta(hours=15)
            else None
        )
    hours = _zones().get(name)
    return None if hours is None else timezone(timedelta(hours=float(hours)))


@cache
def _zones() -> dict[str, float]:
    table: dict[str, dict[str, float]] = tomllib.loads(
        files(__package__).joinpath("zones.toml").read_text("utf-8")
    )
    return table["zones"]
