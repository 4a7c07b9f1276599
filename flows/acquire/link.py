"""The value that finding gives: a link to a page, with what the place that names it says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["feed", "sitemap", "section", "list", "given"]
"""What named a link; `given` is the command line or a manifest."""


@dataclass(frozen=True, slots=True)
class Link:
    """A page that somebody names.

    `url` is the address as found, made absolute; `key` is the one canonical address that all its
    variants share. `found_in` is the address or path of the feed, sitemap, section page or list.
    Times are aware, and are what the place says, not what is true.
    """

    url: str
    key: str
    source_id: str | None
    found_in: str
    kind: Kind
    published_at: datetime | None = None
    changed_at: datetime | None = None
    title: str | None = None
