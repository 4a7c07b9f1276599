"""What a host allows (robots.txt, RFC 9309), read with protego. Fetching the file is the
fetcher's.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from flows.acquire.web.outcomes import CONSEQUENCES
from flows.acquire.web.settings import ROBOTS_TOKEN
from schemas.fetch_outcomes import FetchOutcome as Outcome

ROBOTS_LIMIT = 500 * 1024
"""Bytes of a robots.txt that are read, as RFC 9309 asks; the rest is ignored."""


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host. `fault` says why nothing is allowed where the file could not be had:
    the outcome of trying.
    """

    rules: Protego | None = None
    fault: tuple[Outcome, str] | None = None

    def allows(self, url: str) -> bool:
        """Whether the rules let us fetch `url`."""
        return self.rules is None or bool(self.rules.can_fetch(url, ROBOTS_TOKEN))

    @property
    def delay(self) -> float | None:
        """Seconds between requests that the host asks for, as crawl-delay or as request-rate."""
        if self.rules is None:
            return None
        rate = self.rules.request_rate(ROBOTS_TOKEN)
        asked = [
            float(self.rules.crawl_delay(ROBOTS_TOKEN) or 0),
            rate.seconds / rate.requests if rate and rate.requests else 0.0,
        ]
        return max(asked) or None


def robots_url(url: str) -> str:
    """Return where the host of `url` keeps its robots.txt."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/robots.txt"


def read_robots(outcome: Outcome, detail: str, content: bytes) -> Robots:
    """Return the rules that fetching robots.txt gave.

    A host without the file (any 4xx but 429) allows everything; one that cannot be reached, or
    whose server fails, allows nothing.
    """
    if outcome is Outcome.OK:
        return Robots(Protego.parse(content[:ROBOTS_LIMIT].decode("utf-8", "replace")))
    if CONSEQUENCES[outcome].host_fault or outcome in (
        Outcome.PRIVATE_ADDRESS,
        Outcome.TIMEOUT_PAGE,
        Outcome.TRUNCATED,
    ):
        return Robots(fault=(outcome, f"robots.txt: {detail}"))
    return Robots()
