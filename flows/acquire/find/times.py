"""Reads the times that feeds and sitemaps print."""

from __future__ import annotations

from calendar import timegm
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import struct_time


def read_time(text: str | None) -> datetime | None:
    """Return a W3C or RFC 822 time as UTC; a time without a zone is taken for UTC, a day for its
    midnight, what is neither for None.
    """
    words = (text or "").strip()
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(words)
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None


def from_struct(moment: struct_time | None) -> datetime | None:
    """Return a struct of UTC, as feedparser gives it; None where it is no time that there is."""
    try:
        return datetime.fromtimestamp(timegm(moment), UTC) if moment else None
    except (ValueError, OverflowError, OSError):
        return None
