"""What fetching one address gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flows.acquire.web.exchange import Accepted, Exchange
from flows.acquire.web.outcomes import WELL
from schemas.fetch_outcomes import FetchOutcome

KINDS: Mapping[str, Accepted] = {
    "page": "page",
    "feed": "listing",
    "sitemap": "listing",
    "section": "page",
    "list": "listing",
    "any": "listing",
    "robots": "all",
}
"""What an address may be wanted as, and what its bytes may then be."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One address to fetch. `kind` is one of KINDS; `etag` and `last_modified` make it conditional;
    `delay` (in seconds) and `user_agent` are the source's, where it has its own.
    """

    url: str
    kind: str = "page"
    source_id: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    delay: float | None = None
    user_agent: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """How one address ended.

    `exchanges` are the requests that were answered in the last try, the redirects before the page;
    `url` is where the page was found (the address asked for, where nothing was). `transferred`
    counts body bytes as sent, over all tries; `seconds` all time but waiting for the host's turn.
    `reservation` says where text and data mining of the page is reserved, `robot_tags` what it asks
    of robots besides.
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
    reservation: str | None = None
    robot_tags: str | None = None

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

    @property
    def content_type(self) -> str | None:
        """The content type of the last response: by its bytes where the header's is wrong."""
        if not self.exchanges:
            return None
        return self.exchanges[-1].judged_type or self.exchanges[-1].header("content-type")

    def header(self, name: str) -> str | None:
        """Return a header of the last response; `name` in lower case."""
        return self.exchanges[-1].header(name) if self.exchanges else None
