"""The values that acquiring gives back.

A reference is small, so that a run may list a million pages; the bytes are read where they are
needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


class UnreadablePageError(Exception):
    """A page that was listed cannot be read; the page is rejected, the run goes on."""


class TooLargePageError(UnreadablePageError):
    """A page is larger than any page is; it was not read to its end."""


@dataclass(frozen=True, slots=True)
class PageRef:
    """Where a page is, and what is known of it before reading it.

    `location` names it in the ledger. `file` holds its bytes, or, with `line_offset` (in bytes),
    the manifest line that holds it, or, with `warc_offset` (in bytes), the WARC record: the one
    that begins there, or the `warc_skip`th after it. `fetched_at` is aware; where nobody says, it
    is the file's time of change. `problem` says why there is no page to read, where the place that
    should hold one is wrong; `is_too_large` whether that is for its size. `file_stamp` is the size
    and time of change of `file` before the page was read (`steps/plan.py`).
    """

    location: str
    file: str
    fetched_at: datetime
    is_html: bool
    line_offset: int | None = None
    url: str | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    source_id: str | None = None
    warc_offset: int | None = None
    warc_skip: int = 0
    problem: str | None = None
    is_too_large: bool = False
    file_stamp: str | None = None
