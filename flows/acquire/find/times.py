"""Reads the times that feeds and sitemaps print."""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import struct_time

from flows.clean.metadata.dates import parse_date

DIGITS = re.compile(
    r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?)?"
    r"(?:\s*(?:Z|UTC|GMT))?"
)
"""Year, month, day and time in digits, however they are parted."""

EPOCH = re.compile(r"\d{9,10}(?:\d{3})?")
"""Seconds or milliseconds since 1970; nine digits begin in 1973."""

MAX_TIME_CHARACTERS = 100


def read_time(text: str | None) -> datetime | None:
    """Return a time as UTC: of W3C, of RFC 822, as digits, as seconds or milliseconds since 1970,
    or as pages print dates in their language. A time without a zone is taken for UTC, a day for its
    midnight, anything else for None.
    """
    words = (text or "").strip()
    if not words or len(words) > MAX_TIME_CHARACTERS:
        return None
    return _first(words, _digits, datetime.fromisoformat, _printed, parsedate_to_datetime)


def _first(words: str, *readers: Callable[[str], datetime]) -> datetime | None:
    for read in readers:
        try:
            found = read(words)
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError, IndexError, TypeError, OSError):
            continue
    return None


def _digits(words: str) -> datetime:
    """Return a time of digits; raises ValueError where it is none."""
    if words.isascii() and EPOCH.fullmatch(words):
        return datetime.fromtimestamp(int(words) / (1000 if len(words) > 10 else 1), UTC)
    found = DIGITS.fullmatch(words)
    if not found:
        raise ValueError(f"no time: {words!r}")
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def _printed(words: str) -> datetime:
    """Return a time as a page prints it, with its zone's name; raises ValueError where there is
    none, or where its day and month could be each other.
    """
    found = parse_date(words)
    if found is None or found != parse_date(words, day_first=False):
        raise ValueError(f"no time: {words!r}")
    return found.at


def from_struct(moment: struct_time | None) -> datetime | None:
    """Return a struct of UTC, as feedparser gives it; None where it is no time that there is."""
    try:
        return datetime.fromtimestamp(timegm(moment), UTC) if moment else None
    except (ValueError, OverflowError, OSError):
        return None
