"""Reads RSS and Atom feeds by feedparser, which forgives what publishers get wrong."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import feedparser
from bs4 import BeautifulSoup

from flows.acquire.find.canonical import FindError, link_to
from flows.acquire.find.times import from_struct
from flows.acquire.link import Link


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: what it says of itself, and its links in its own order, each page once."""

    title: str | None
    language: str | None
    links: tuple[Link, ...]


def read_feed(
    content: bytes, address: str, source_id: str | None = None, content_type: str | None = None
) -> Feed:
    """Return the feed in `content`, fetched from `address`; `content_type` is the header, which may
    name the encoding.

    Raises FindError where it is no feed. A feed without entries is one: publishers have quiet days.
    """
    headers = {"content-location": address, "content-type": content_type or ""}
    # a stream, since feedparser would fetch bytes that look like an address
    told = cast(
        Any, feedparser.parse(io.BytesIO(content), response_headers=headers, sanitize_html=False)
    )
    if not told.get("version"):
        begins = " ".join(content[:200].decode("utf-8", "replace").split())[:60]
        raise FindError(
            f"{address} is no RSS or Atom feed; it begins with {begins!r}"
            if begins
            else f"{address} is empty, no feed"
        )
    links = {
        link.key: link
        for entry in reversed(told.entries)
        if (link := _link(entry, address, source_id))
    }
    in_order = tuple(reversed(links.values()))
    return Feed(told.feed.get("title") or None, told.feed.get("language") or None, in_order)


def feed_links(
    content: bytes, address: str, source_id: str | None = None, content_type: str | None = None
) -> tuple[Link, ...]:
    """Return a feed's links alone; raises FindError as `read_feed` does."""
    return read_feed(content, address, source_id, content_type).links


def _link(entry: Mapping[str, Any], address: str, source_id: str | None) -> Link | None:
    # feedparser answers a missing "updated" with "published"; the plain look-up does not
    known = dict(entry)
    url = known.get("feedburner_origlink") or known.get("link")
    if not url:
        return None
    published_at, changed_at = (
        from_struct(known.get("published_parsed")),
        from_struct(known.get("updated_parsed")),
    )
    return link_to(
        url,
        address,
        "feed",
        source_id,
        published_at=published_at,
        changed_at=changed_at,
        title=_text(known.get("title")),
    )


def _text(title: Any) -> str | None:
    """Return a title without its markup."""
    if not isinstance(title, str):
        return None
    return BeautifulSoup(title, "lxml").get_text(" ", strip=True) if "<" in title else title
