"""What a host allows (robots.txt, RFC 9309), read with protego. Fetching the file is the
fetcher's.

The file is made plain first: protego takes neither byte order marks nor UTF-16, and compares a
whole `User-agent` value where RFC 9309 compares its product token.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from protego import Protego

from flows.acquire.find.xml_repair import decode_xml
from flows.acquire.web.outcomes import CONSEQUENCES
from flows.acquire.web.settings import ROBOTS_TOKEN
from schemas.fetch_outcomes import FetchOutcome as Outcome

ROBOTS_LIMIT = 500 * 1024
"""Bytes of a robots.txt that are read, as RFC 9309 asks; the rest is ignored."""

NAME = re.compile(r"[ \t]*([A-Za-z][A-Za-z -]{0,30}?)[ \t]*:")
NAMES = frozenset("useragent allow crawldelay requestrate visittime sitemap sitemaps host".split())
"""Names of lines that protego reads, in small letters, without spaces and hyphens."""

DISALLOW = re.compile(r"di[sa]{1,2}s?al{1,2}[ao]w")
"""The name `disallow` as protego reads it, with common misspellings."""

AGENTS = re.compile(r"[ \t]*user[ -]{0,2}agent(?![A-Za-z-])[ \t]*:?[ \t]*([^#]*)", re.IGNORECASE)
"""A line of agents, also one without its colon, and what it names."""

UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b\u200e\u200f\u2060"))
"""Invisible characters that editors leave at the beginning of a file or line."""

TOKEN = re.compile(r"[\"']?(\*(?![\w*-])|[A-Za-z_-]+)")
"""A product token of RFC 9309: letters, underscores and hyphens; some put it in quotes."""

PRODUCT = re.compile(r"(?<![A-Za-z_-])([A-Za-z_-]+)/")
"""A product in a User-Agent: `TideBot/1.0`."""


@dataclass(frozen=True)
class Robots:
    """The rules of one host. `fault` says why nothing is allowed where the file could not be had:
    the outcome of trying.
    """

    text: str = ""
    fault: tuple[Outcome, str] | None = None

    @cached_property
    def _rules(self) -> Protego:
        return Protego.parse(self.text)

    def allows(self, url: str, user_agent: str | None = None) -> bool:
        """Whether the rules let us fetch `url`: under our own name, and under the one of
        `user_agent`, where a source gives us another.
        """
        if not self.text:
            return True
        return all(self._rules.can_fetch(url, _whole(token)) for token in _tokens(user_agent))

    @property
    def delay(self) -> float | None:
        """Seconds between requests that the host asks for, as crawl-delay or as request-rate."""
        if not self.text:
            return None
        own_name = _whole(ROBOTS_TOKEN)
        rate = self._rules.request_rate(own_name)
        asked = [
            float(self._rules.crawl_delay(own_name) or 0),
            rate.seconds / rate.requests if rate and rate.requests else 0.0,
        ]
        return max(asked) or None

    @property
    def sitemaps(self) -> list[str]:
        """The sitemaps that the file names."""
        return list(self._rules.sitemaps) if self.text else []


def _tokens(user_agent: str | None) -> set[str]:
    """Return the names by which robots.txt may address us."""
    found = TOKEN.match(user_agent or "")
    first = {found[1]} if found else set[str]()
    return {ROBOTS_TOKEN} | first | set(PRODUCT.findall(user_agent or ""))


def _whole(token: str) -> str:
    """Return a product token with a mark at both ends. Protego takes a group for ours where our
    token contains its token: without marks, the rules for `news` would be those for `newsduck`.
    """
    return token if token == "*" else f"|{token.lower()}|"


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
        return Robots(_plain(content[:ROBOTS_LIMIT]))
    if CONSEQUENCES[outcome].host_fault or outcome in (
        Outcome.PRIVATE_ADDRESS,
        Outcome.TIMEOUT_PAGE,
        Outcome.TRUNCATED,
        Outcome.UNEXPECTED,
    ):
        return Robots(fault=(outcome, f"robots.txt: {detail}"))
    return Robots()


def _plain(content: bytes) -> str:
    """Return a robots.txt as text that protego reads: one line end, names of agents as product
    tokens.
    """
    head = content[:400].rstrip(b"\0")
    for first, mark in ((1, b"\xff\xfe"), (0, b"\xfe\xff")):
        if head[first::2].count(0) > len(head) // 4:
            content = mark + content  # UTF-16 that has lost its mark
    text = decode_xml(content).replace("\r\n", "\n").replace("\r", "\n").translate(UNSEEN)
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    """Return a line as protego reads it. Each agent gets a line of its own, as a token. A line with
    an unknown name becomes empty: between two agents, it would end their group.
    """
    found = NAME.match(line)
    name = re.sub("[ -]", "", found[1]).lower() if found else ""
    if name and name not in NAMES and not DISALLOW.fullmatch(name):
        return ""
    agents = AGENTS.match(line)
    if not agents:
        return line
    tokens = [TOKEN.match(part.strip()) for part in agents[1].split(",")]
    return "\n".join(f"User-agent: {_whole(token[1] if token else '-')}" for token in tokens)
