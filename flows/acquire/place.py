"""Where files are and when they changed, whatever their names and times are.

A file's name is bytes: what is no UTF-8 cannot stand in a table. A time may be one that no calendar
has. Neither may end a run.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""Times of fetching that can be true, and that every table can hold."""

ESCAPED_BYTE = re.compile(r"\\x([0-9a-f]{2})")


def location_of(path: Path) -> str:
    """Return a file's full path as text for the ledger: bytes that are no UTF-8 as `\\xe9`."""
    return os.fsencode(path.resolve()).decode("utf-8", "backslashreplace")


def file_at(location: str) -> Path:
    """Return the file that `location_of` named."""
    path = Path(location)
    if "\\x" not in location or path.exists():
        return path
    raw = ESCAPED_BYTE.sub(lambda found: os.fsdecode(bytes([int(found[1], 16)])), location)
    return Path(raw)


def changed_at(path: Path) -> datetime:
    """Return when a file was changed (UTC); EARLIEST where it is gone or its time is impossible."""
    try:
        return plausible(datetime.fromtimestamp(path.stat().st_mtime, UTC)) or EARLIEST
    except (OSError, OverflowError, ValueError):
        return EARLIEST


def plausible(moment: datetime) -> datetime | None:
    """Return an aware moment in UTC; None where it lies outside EARLIEST and LATEST."""
    try:
        utc = moment.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return utc if EARLIEST <= utc <= LATEST else None


def encodable(text: str) -> bool:
    """Whether text can stand in a table: no lone surrogate, no NUL."""
    return "\0" not in text and not any("\ud800" <= c <= "\udfff" for c in text)
