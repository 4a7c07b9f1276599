"""Reservations of text and data mining, and what a page asks of robots.

A publisher reserves by the TDM Reservation Protocol (a header, a meta tag, or the host's file
/.well-known/tdmrep.json) or by the directive `noai`. `noindex` and `noarchive` are kept in the log
and change nothing: most news sites send them to search engines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from flows.acquire.find.xml_repair import decode_xml
from flows.acquire.sniff import sniff
from flows.acquire.web.exchange import Exchange
from flows.acquire.web.settings import ROBOTS_TOKEN

RULES_PATH = "/.well-known/tdmrep.json"
HEAD_BYTES = 100_000
MAX_RULES = 1000
TAGS = frozenset(
    "noai noarchive nocache noindex none nosnippet noimageai notranslate nofollow".split()
)
"""Directives that are recorded."""

RESERVED = re.compile(rb"tdm-reservation|\bnoai\b", re.IGNORECASE)
WHOLE_ADDRESS = re.compile(r"^https?://[^/]{1,300}", re.IGNORECASE)
ROBOT_NAME = re.compile(
    r"(?!\s*(?:max-snippet|max-image-preview|max-video-preview|unavailable_after)\b)[\s\w*-]{1,40}"
)
"""What stands before a colon in X-Robots-Tag: a robot, unless it is a directive with a value."""


@dataclass(frozen=True, slots=True)
class Reservations:
    """The rules of one host's tdmrep.json: paths (with * and $, as in robots.txt), and whether they
    are reserved. The first that matches a path holds.
    """

    rules: tuple[tuple[str, bool], ...] = ()

    def of(self, url: str) -> str | None:
        """Return the path by which the page at `url` is reserved; None where it is not."""
        parts = urlsplit(url)
        path = unquote(f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}")
        for location, is_reserved in self.rules:
            if _matches(location, path):
                return location if is_reserved else None
        return None

    @property
    def text(self) -> str | None:
        """The reserved paths, for the log; None where there is none."""
        return (
            " ".join(location for location, is_reserved in self.rules if is_reserved)[:2000] or None
        )


def rules_url(url: str) -> str:
    """Return where the host of `url` keeps its reservations."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{RULES_PATH}"


def read_rules(content: bytes) -> Reservations:
    """Return the rules of a tdmrep.json; none where it is something else, such as an error page."""
    try:
        found = json.loads(decode_xml(content))
    except (ValueError, RecursionError):
        return Reservations()
    entries = found if isinstance(found, list) else [found]
    rules = [
        (
            _path_of(entry["location"]),
            str(entry.get("tdm-reservation")).strip() in ("1", "1.0", "True"),
        )
        for entry in entries[:MAX_RULES]
        if isinstance(entry, dict) and isinstance(entry.get("location"), str)
    ]
    return Reservations(tuple(rules))


def _path_of(location: str) -> str:
    """Return a location as a pattern of paths. Some write a whole address, leave out the first
    slash, or escape letters.
    """
    path = unquote(WHOLE_ADDRESS.sub("", location.strip()))
    return path if path.startswith(("/", "*")) else f"/{path}"


def _matches(location: str, path: str) -> bool:
    """Whether a path begins as `location` says; * stands for anything, $ for the end."""
    is_whole = location.endswith("$")
    parts = location.removesuffix("$").split("*")
    at = 0
    for number, part in enumerate(parts):
        found = path.find(part, at)
        if found < 0 or (number == 0 and found > 0):
            return False
        at = found + len(part)
    if not is_whole:
        return True
    return path.endswith(parts[-1]) if len(parts) > 1 else at == len(path)


def said_of(page: Exchange) -> tuple[str | None, str | None]:
    """Return (where a page reserves text and data mining, what it asks of robots besides); None for
    either where it says nothing.
    """
    metas = list(_metas(page.content)) if sniff(page.content) == "html" else []
    header = re.split("[,;]", page.header("tdm-reservation") or "")[0].strip(" \t\"'")
    own = {value.strip() for name, value in metas if name == "tdm-reservation"}
    headers = [*page.headers, *metas]  # `http-equiv`: as if it were a header
    named = _tags(value for name, value in headers if name.lower() == "x-robots-tag")
    meant = _tags(value for name, value in metas if name in ("robots", ROBOTS_TOKEN))
    reservation = None
    if "1" in own:
        reservation = "meta tdm-reservation"
    elif header == "1" and "0" not in own:
        reservation = "header tdm-reservation"
    elif "noai" in named:
        reservation = "header X-Robots-Tag: noai"
    elif "noai" in meant:
        reservation = "meta robots: noai"
    return reservation, " ".join(sorted(named | meant)) or None


def _tags(values: Iterable[str]) -> set[str]:
    """Return the directives for every robot and for us, in small letters. In the header a robot's
    name may stand before its own directives (`otherbot: noindex`).
    """
    found: set[str] = set()
    for value in values:
        is_ours = True
        for part in re.split("[,;]", value.lower()):
            name, mark, rest = part.rpartition(":")
            if mark and ROBOT_NAME.fullmatch(name):
                is_ours = name.strip() in ("*", ROBOTS_TOKEN)
                part = rest
            if is_ours:
                found |= TAGS.intersection(part.split())
    return found


def _metas(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the named meta tags of a page's beginning; of all of it where a reservation may stand
    further down.
    """
    parser: Any = HTMLParser(remove_comments=True, no_network=True)
    if not RESERVED.search(content, HEAD_BYTES):
        content = content[:HEAD_BYTES]
    try:
        root = document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return
    for meta in root.iter("meta"):
        said = meta.get("name") or meta.get("property") or meta.get("http-equiv") or ""
        name = said.strip().lower()
        if name and next(meta.iterancestors("template"), None) is None:
            yield name, meta.get("content") or ""
