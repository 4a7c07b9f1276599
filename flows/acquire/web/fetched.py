"""What fetching one address gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flows.acquire.web.exchange import Exchange
from flows.acquire.web.outcomes import WELL
from schemas.fetch_outcomes import FetchOutcome

PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")

LISTING_TYPES = (
    *PAGE_TYPES,
    "+xml",
    "text/xml",
    "application/xml",
    "application/gzip",
    "application/x-gzip",
    "application/octet-stream",
)
"""Feeds, sitemaps, section pages and lists, as servers really label them; what begins with + is a
type's ending.
"""

KINDS: Mapping[str, tuple[str, ...]] = {
    "page": PAGE_TYPES,
    "feed": LISTING_TYPES,
    "sitemap": LISTING_TYPES,
    "section": PAGE_TYPES,
    "list": LISTING_TYPES,
    "any": LISTING_TYPES,
    "robots": (),
}
"""What an address may be wanted as, and the content types that are then taken; none: all."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One address to fetch. `kind` is one of KINDS; `etag` and `last_modified` make it conditional;
    `delay` is the source's, in seconds.
    """

    url: str
    kind: str = "page"
    source_id: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    delay: float | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """How one address ended.

    `exchanges` are the requests that were answered in the last try, the redirects before the page;
    `url` is where the page was found (the address asked for, where nothing was). `transferred`
    counts body bytes as sent, over all tries; `seconds` all time but waiting for the host's turn.
    """

    wanted: Wanted
    outcome: FetchOutcome
    detail: str
    url: str
    fetched_at: datetime
    attempts: int = 1
    transferred: int = 0
    seconds: float = 0.0
    exchanges: tuple[Exchange, ...] = field(default=(), repr=False)

    @property
    def is_well(self) -> bool:
        """Whether it gave what was wanted: a page, or the news that it is unchanged."""
        return self.outcome in WELL

    @property
    def response(self) -> Exchange | None:
        """The last response, where there was one."""
        return self.exchanges[-1] if self.exchanges else None

    @property
    def content(self) -> bytes:
        """The page's decoded bytes; none unless the outcome is ok."""
        return self.exchanges[-1].content if self.outcome is FetchOutcome.OK else b""

    @property
    def status(self) -> int | None:
        """Status code of the last response."""
        return self.exchanges[-1].status if self.exchanges else None

    def header(self, name: str) -> str | None:
        """Return a header of the last response; `name` in lower case."""
        return self.exchanges[-1].header(name) if self.exchanges else None
