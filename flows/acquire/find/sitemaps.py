"""Reads sitemaps: of pages, of news, indexes of sitemaps, plain lists and feeds in their place;
gzip or not.

Read as a stream with lxml, not BeautifulSoup: a sitemap may hold 50,000 addresses in 50 MB, and its
tree would take ten times that.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from lxml import etree

from flows.acquire.find.canonical import FindError, link_to
from flows.acquire.find.feeds import feed_links
from flows.acquire.find.times import read_time
from flows.acquire.find.unzip import unzipped
from flows.acquire.link import Link

MAX_BYTES = 52_428_800
"""Largest sitemap, unpacked, that the protocol allows (sitemaps.org); of a larger one this much is
read.
"""

MAX_LINKS = 50_000
"""Most addresses that the protocol allows in one sitemap; more are not read."""


@dataclass(frozen=True, slots=True)
class Child:
    """A sitemap that an index names, and when it says that it changed."""

    url: str
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap's links, each page once, or the sitemaps that an index names. `is_whole`: nothing
    of it was left unread.
    """

    links: tuple[Link, ...] = ()
    children: tuple[Child, ...] = ()
    is_whole: bool = True
    kind: Literal["pages", "news", "index", "feed", "list"] = "pages"


@dataclass(slots=True)
class _Entry:
    """What one <url> or <sitemap> holds."""

    is_index: bool
    loc: str | None = None
    changed: str | None = None
    published: str | None = None
    title: str | None = None
    is_news: bool = False


def read_sitemap(content: bytes, address: str, source_id: str | None = None) -> Sitemap:
    """Return the sitemap in `content`, fetched from `address`.

    A broken or cut sitemap gives what stands before the break, with `is_whole` false. Raises
    FindError where it is no sitemap at all.
    """
    content, is_whole = unzipped(content, MAX_BYTES)
    content = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not content.startswith(b"<"):
        return _plain(content, address, source_id, is_whole)
    root = _root(content)
    if root in ("rss", "feed", "RDF"):
        return Sitemap(feed_links(content, address, source_id), is_whole=is_whole, kind="feed")
    if root not in ("urlset", "sitemapindex"):
        raise FindError(f"{address} is no sitemap; its first element is <{root}>")
    entries, is_well_formed = _entries(content)
    is_whole = is_whole and is_well_formed and len(entries) <= MAX_LINKS
    links: dict[str, Link] = {}
    children: dict[str, Child] = {}
    for entry in entries[:MAX_LINKS]:
        changed_at = read_time(entry.changed)
        link = link_to(
            entry.loc or "", address, "sitemap" if not entry.is_index else "given", source_id,
            published_at=read_time(entry.published), changed_at=changed_at, title=entry.title,
        )  # fmt: skip
        if link is None:
            continue
        if entry.is_index:
            children.setdefault(link.url, Child(link.url, changed_at))
        else:
            links.setdefault(link.key, link)
    kind: Literal["index", "news", "pages"] = (
        "index"
        if root == "sitemapindex"
        else "news"
        if any(entry.is_news for entry in entries)
        else "pages"
    )
    return Sitemap(tuple(links.values()), tuple(children.values()), is_whole, kind)


def _plain(content: bytes, address: str, source_id: str | None, is_whole: bool) -> Sitemap:
    """Read the plain form of the protocol: an address a line. A line that is none is passed over,
    but one must be.
    """
    lines = content.decode("utf-8", "replace").splitlines()
    found = (
        link_to(line, address, "sitemap", source_id)
        for line in reversed(lines[:MAX_LINKS])
        if line.startswith("http")
    )
    links = {link.key: link for link in found if link}
    if not links:
        raise FindError(
            f"{address} is no sitemap; it begins with {content[:60].decode('utf-8', 'replace')!r}"
        )
    return Sitemap(
        tuple(reversed(links.values())), is_whole=is_whole and len(lines) <= MAX_LINKS, kind="list"
    )


def _root(content: bytes) -> str | None:
    """Return the name of the first element, without its namespace."""
    return next((_name(element) for _, element in _parser(content[:100_000], "start")), None)


def _parser(content: bytes, event: str) -> etree.iterparse:
    return etree.iterparse(
        io.BytesIO(content),
        events=(event,),
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
    )


def _entries(content: bytes) -> tuple[list[_Entry], bool]:
    """Return the entries, one more than are read where there are so many, and whether nothing is
    broken or missing.
    """
    entries: list[_Entry] = []
    parser = _parser(content, "end")
    try:
        for _, element in parser:
            name = _name(element)
            if name in ("url", "sitemap"):
                entries.append(_entry(element, is_index=name == "sitemap"))
                element.clear()
                while (
                    parent := element.getparent()
                ) is not None and element.getprevious() is not None:
                    del parent[0]
                if len(entries) > MAX_LINKS:
                    return entries, False
    except etree.XMLSyntaxError:
        return entries, False
    return entries, not any(error.level == etree.ErrorLevels.FATAL for error in parser.error_log)


def _entry(element: etree._Element, *, is_index: bool) -> _Entry:
    entry = _Entry(is_index)
    for child in element:
        match _name(child):
            case "loc":
                entry.loc = _text(child)
            case "lastmod":
                entry.changed = _text(child)
            case "news":
                entry.is_news = True
                entry.published = _text(child.find("{*}publication_date"))
                entry.title = _text(child.find("{*}title"))
    return entry


def _name(element: etree._Element) -> str | None:
    return etree.QName(element).localname if isinstance(element.tag, str) else None


def _text(element: etree._Element | None) -> str | None:
    return element.text.strip() if element is not None and element.text else None
