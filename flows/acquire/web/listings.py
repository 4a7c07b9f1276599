"""What a listing lists: the content of a feed, sitemap or section page as links to pages and
further listings; and which of them a content is.

Here ends whatever a listing's content can break: a listing fails alone, with its reason.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from flows.acquire.find.canonical import FindError
from flows.acquire.find.feeds import JSON_FEED, read_feed
from flows.acquire.find.lists import list_links
from flows.acquire.find.sections import section_links
from flows.acquire.find.sitemaps import read_sitemap
from flows.acquire.find.unzip import unzipped
from flows.acquire.find.xml_repair import decode_xml
from flows.acquire.link import Link
from flows.clean.decode import charset_of
from flows.config.errors import InputError

NAME = re.compile(r"<(?:[\w.-]{1,40}:)?(rss|RDF|feed|urlset|sitemapindex)[\s>/]", re.IGNORECASE)
"""The first element of a feed or sitemap."""

KIND_OF_ROOT = {
    "rss": "feed",
    "rdf": "feed",
    "feed": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
}
HEAD_BYTES = 20_000
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
BEFORE_ROOT = tuple(
    (re.compile(start, re.IGNORECASE), re.compile(end))
    for start, end in (
        (r"<\?", r"\?>"),
        ("<!--", "-->"),
        (r"<!DOCTYPE[^<>\[]{0,500}\[", r"\]\s{0,100}>"),
        ("<!", ">"),
    )
)
"""What XML allows before the first element, by start and end: instructions, comments, a document
type that defines entities (each of them ends with a `>` of its own), one that defines none.
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a listing lists, sitemaps that changed last first.

    `fault` says why it lists nothing, where it is not what it was taken for; `note` what of it
    could not be used. `older` is the address of a feed's next older page; `identity` are parameters
    that it shows to tell its articles apart.
    """

    links: tuple[Link, ...] = ()
    sitemaps: tuple[str, ...] = ()
    fault: str | None = None
    note: str | None = None
    older: str | None = None
    identity: frozenset[str] = frozenset()


def detect_kind(content: bytes) -> str:
    """Return what an address of no declared kind turned out to be: feed, sitemap or page."""
    head, _ = unzipped(content[: HEAD_BYTES * 10], HEAD_BYTES)
    text = decode_xml(head).lstrip("\ufeff \t\r\n")
    if text.startswith("{"):
        return "feed" if JSON_FEED in text.replace("\\/", "/") else "page"
    found = NAME.match(text, _root_at(text))
    return KIND_OF_ROOT[found[1].lower()] if found else "page"


def _root_at(text: str) -> int:
    """Return where the first element begins; each character is looked at once."""
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        end = next((end for start, end in BEFORE_ROOT if start.match(text, at)), None)
        if end is None:
            return at
        found = end.search(text, at)
        if not found:
            return len(text)
        at = found.end()


def listed(
    kind: str,
    content: bytes,
    address: str,
    source_id: str | None,
    content_type: str | None,
    kept_names: frozenset[str] = frozenset(),
) -> Listed:
    """Return what a listing of `kind`, fetched from `address`, lists. Never raises. `kept_names`
    are the parameters that tell the articles of its source apart.
    """
    try:
        return _listed(kind, content, address, source_id, content_type, kept_names)
    except (FindError, InputError) as error:
        return Listed(fault=_short(str(error)))
    except Exception as error:
        logging.getLogger(__name__).warning(
            "%s of source %s cannot be read", address, source_id, exc_info=True
        )
        reason = f"{address} cannot be read as a {kind}: {type(error).__name__}: {error}"
        return Listed(fault=_short(reason))


def _listed(
    kind: str,
    content: bytes,
    address: str,
    source_id: str | None,
    content_type: str | None,
    kept_names: frozenset[str] = frozenset(),
) -> Listed:
    if kind == "feed":
        feed = read_feed(content, address, source_id, content_type, kept_names)
        note = _unread(feed.unread_count)
        return Listed(feed.links, note=note, older=feed.older, identity=feed.identity)
    if kind == "sitemap":
        found = read_sitemap(content, address, source_id, charset_of(content_type), kept_names)
        children = sorted(
            found.children, key=lambda child: child.changed_at or LONG_AGO, reverse=True
        )
        if found.unread_count and not found.links and not children:
            raise FindError(f"{address}: none of its {found.unread_count} entries has an address")
        notes = [_unread(found.unread_count), None if found.is_whole else "not read to its end"]
        return Listed(
            found.links,
            tuple(child.url for child in children),
            note="; ".join(note for note in notes if note) or None,
            identity=found.identity,
        )
    if kind == "section":
        return Listed(section_links(content, address, source_id, charset_of(content_type)))
    return Listed(list_links(content, address, source_id))


def _unread(count: int) -> str | None:
    return f"{count} entries without an address that leads to a page" if count else None


def _short(reason: str) -> str:
    return reason.encode("utf-8", "replace").decode()[:500]
