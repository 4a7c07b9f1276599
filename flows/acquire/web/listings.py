"""What a listing lists: the content of a feed, sitemap or section page as links to pages and
further listings; and telling which it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from flows.acquire.find.canonical import FindError
from flows.acquire.find.feeds import feed_links
from flows.acquire.find.lists import list_links
from flows.acquire.find.sections import section_links
from flows.acquire.find.sitemaps import read_sitemap
from flows.acquire.find.unzip import unzipped
from flows.acquire.link import Link
from flows.config.errors import InputError

ROOT = re.compile(
    rb"(?:\s|\xef\xbb\xbf|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>)*<(?:[\w.-]+:)?(rss|RDF|feed|urlset|sitemapindex)[\s>]",
    re.DOTALL,
)
"""The first element of a feed or sitemap, after what XML allows before it."""

KIND_OF_ROOT = {
    b"rss": "feed",
    b"RDF": "feed",
    b"feed": "feed",
    b"urlset": "sitemap",
    b"sitemapindex": "sitemap",
}
HEAD_BYTES = 20_000
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Listed:
    """What a listing lists, sitemaps that changed last first. `fault` says why it lists nothing,
    where it is not what it was taken for.
    """

    links: tuple[Link, ...] = ()
    sitemaps: tuple[str, ...] = ()
    fault: str | None = None


def detect_kind(content: bytes) -> str:
    """Return what an address that was given without a word turned out to be: feed, sitemap or
    page.
    """
    head, _ = unzipped(content[: HEAD_BYTES * 10], HEAD_BYTES)
    found = ROOT.match(head)
    return KIND_OF_ROOT[found[1]] if found else "page"


def listed(
    kind: str, content: bytes, address: str, source_id: str | None, content_type: str | None
) -> Listed:
    """Return what a listing of `kind`, fetched from `address`, lists."""
    try:
        if kind == "feed":
            return Listed(feed_links(content, address, source_id, content_type))
        if kind == "sitemap":
            found = read_sitemap(content, address, source_id)
            children = sorted(
                found.children, key=lambda child: child.changed_at or LONG_AGO, reverse=True
            )
            return Listed(found.links, tuple(child.url for child in children))
        if kind == "section":
            return Listed(section_links(content, address, source_id, _charset(content_type)))
        return Listed(list_links(content, address, source_id))
    except (FindError, InputError) as error:
        return Listed(fault=str(error))


def _charset(content_type: str | None) -> str | None:
    found = re.search(r"charset=[\"']?([\w.:-]+)", content_type or "", re.IGNORECASE)
    return found[1] if found else None
