"""Reads sitemaps: of pages, of news, indexes of sitemaps, plain lists and feeds in their place;
gzip or not.

Read as a stream with lxml, not BeautifulSoup: a sitemap may hold 50,000 addresses in 50 MB, and its
tree would take ten times that.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from lxml import etree

from flows.acquire.find.canonical import FindError, link_to, once
from flows.acquire.find.feeds import read_feed
from flows.acquire.find.plain_feed import local_name
from flows.acquire.find.times import read_time
from flows.acquire.find.unzip import unzipped
from flows.acquire.find.xml_repair import decode_xml, repaired
from flows.acquire.link import Link

MAX_BYTES = 52_428_800
"""Largest sitemap, unpacked, that the protocol allows (sitemaps.org); of a larger one this much is
read.
"""

MAX_LINKS = 50_000
"""Most addresses that the protocol allows in one sitemap; more are not read."""

SITEMAP_FILE = re.compile(r"\.xml(?:\.gz)?$", re.IGNORECASE)
"""Endings of addresses that name a sitemap, also where one is listed as if it were a page."""

ROOTS = ("urlset", "sitemapindex")
BEFORE = re.compile(r"<(?:\w{1,20}:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)
MAX_BEFORE = 10_000
"""Characters that a server may write before a sitemap: its warnings."""

PAGE = re.compile(r"<(?:!doctype\s{1,20}html|html|head|body)\b", re.IGNORECASE)
FEED_ROOTS = ("rss", "feed", "RDF")


@dataclass(frozen=True, slots=True)
class Child:
    """A sitemap that an index names, and when it says that it changed."""

    url: str
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap's links, each page once, or the sitemaps that an index names. `is_whole`: nothing
    of it was left unread. `unread_count` counts entries without an address that can be used;
    `identity` are parameters that it shows to tell its articles apart.
    """

    links: tuple[Link, ...] = ()
    children: tuple[Child, ...] = ()
    is_whole: bool = True
    kind: Literal["pages", "news", "index", "feed", "list"] = "pages"
    unread_count: int = 0
    identity: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Entry:
    """What one <url> or <sitemap> holds."""

    is_index: bool
    loc: str | None = None
    changed: str | None = None
    published: str | None = None
    title: str | None = None
    is_news: bool = False


def read_sitemap(
    content: bytes,
    address: str,
    source_id: str | None = None,
    charset: str | None = None,
    kept_names: frozenset[str] = frozenset(),
) -> Sitemap:
    """Return the sitemap in `content`, fetched from `address`; `charset` is the header's,
    `kept_names` are the parameters that tell the articles of its source apart.

    A broken or cut sitemap gives what stands before the break, with `is_whole` false. Raises
    FindError where it is no sitemap at all.
    """
    content, is_whole = unzipped(content, MAX_BYTES)
    text = _without_warnings(decode_xml(content, charset).lstrip("\ufeff \t\r\n"))
    if not text.startswith("<"):
        return _plain(text, address, source_id, is_whole)
    text = repaired(text)
    root = _root(text)
    if root in FEED_ROOTS:
        feed = read_feed(text.encode("utf-8", "replace"), address, source_id, kept_names=kept_names)
        return Sitemap(
            feed.links,
            is_whole=is_whole,
            kind="feed",
            unread_count=feed.unread_count,
            identity=feed.identity,
        )
    if (root or "").lower() not in ROOTS:
        raise FindError(f"{address} is no sitemap; its first element is <{root}>")
    entries, is_well_formed = _entries(text)
    is_whole = is_whole and is_well_formed and len(entries) <= MAX_LINKS
    links: list[Link] = []
    children: dict[str, Child] = {}
    unread = 0
    for entry in entries[:MAX_LINKS]:
        changed_at = read_time(entry.changed)
        link = (
            link_to(
                entry.loc,
                address,
                "given" if entry.is_index else "sitemap",
                source_id,
                published_at=read_time(entry.published),
                changed_at=changed_at,
                title=entry.title,
            )
            if entry.loc
            else None
        )
        if link is None and entry.loc and not entry.is_index:
            child = link_to(entry.loc, address, "given", source_id)
            if child and SITEMAP_FILE.search(urlsplit(child.url).path):
                children.setdefault(child.url, Child(child.url, changed_at))
                continue
        if link is None:
            unread += 1
        elif entry.is_index:
            children.setdefault(link.url, Child(link.url, changed_at))
        else:
            links.append(link)
    kind: Literal["index", "news", "pages"] = (
        "index"
        if (root or "").lower() == "sitemapindex" or (children and not links)
        else "news"
        if any(entry.is_news for entry in entries)
        else "pages"
    )
    unique, learned = once(links, kept_names)
    return Sitemap(unique, tuple(children.values()), is_whole, kind, unread, learned)


def _without_warnings(text: str) -> str:
    """Return a sitemap without what a server wrote before it; any other text as it is."""
    found = BEFORE.search(text, 0, MAX_BEFORE)
    return text[found.start() :] if found and not PAGE.search(text, 0, found.start()) else text


def _plain(text: str, address: str, source_id: str | None, is_whole: bool) -> Sitemap:
    """Read the plain form of the protocol: an address a line. Lines that are none are passed over;
    raises FindError where all are.
    """
    lines = text.splitlines()
    found = (
        link_to(line, address, "sitemap", source_id)
        for line in lines[:MAX_LINKS]
        if line.lstrip().startswith("http")
    )
    links: dict[str, Link] = {}
    for link in found:
        if link:
            links.setdefault(link.key, link)
    if not links:
        begins = " ".join(text[:200].split())[:60]
        raise FindError(
            f"{address} is no sitemap; it begins with {begins!r}"
            if begins
            else f"{address} is empty, no sitemap"
        )
    return Sitemap(
        tuple(links.values()), is_whole=is_whole and len(lines) <= MAX_LINKS, kind="list"
    )


def _root(text: str) -> str | None:
    """Return the name of the first element, without its namespace."""
    try:
        return next((local_name(element) for _, element in _parser(text[:100_000], "start")), None)
    except etree.XMLSyntaxError:
        return None


def _parser(text: str, event: str) -> etree.iterparse:
    return etree.iterparse(
        io.BytesIO(text.encode("utf-8", "replace")),
        events=(event,),
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        encoding="utf-8",
    )


def _entries(text: str) -> tuple[list[_Entry], bool]:
    """Return the entries, one more than are read where there are so many, and whether nothing is
    broken or missing.
    """
    entries: list[_Entry] = []
    parser = _parser(text, "end")
    try:
        for _, element in parser:
            name = local_name(element).lower()
            if name in ("url", "sitemap"):
                entries.append(_entry(element, is_index=name == "sitemap"))
                element.clear()
                # an entry that was not closed holds the next one: its own elements, which stand
                # before that, must stay
                while (
                    (before := element.getprevious()) is not None
                    and (parent := element.getparent()) is not None
                    and local_name(before).lower() in ("url", "sitemap", "")
                ):
                    parent.remove(before)
                if len(entries) > MAX_LINKS:
                    return entries, False
    except etree.XMLSyntaxError:
        return entries, False
    return entries, not any(error.level == etree.ErrorLevels.FATAL for error in parser.error_log)


def _entry(element: etree._Element, *, is_index: bool) -> _Entry:
    entry = _Entry(is_index)
    for child in element:
        match local_name(child).lower():
            case "loc" if entry.loc is None or _space(child) == _space(element):
                entry.loc = _text(child)
            case "lastmod":
                entry.changed = _text(child)
            case "news":
                entry.is_news = True
                entry.published = _text(_child(child, "publication_date"))
                entry.title = _text(_child(child, "title"))
    return entry


def _space(element: etree._Element) -> str:
    """Return an element's namespace, or its prefix where that is not declared."""
    return str(element.tag)[: -len(local_name(element))]


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if local_name(child) == name), None)


def _text(element: etree._Element | None) -> str | None:
    """Return an element's text, entities and CDATA joined; None where it has none."""
    if element is None:
        return None
    return "".join(map(str, element.itertext())).strip() or None
