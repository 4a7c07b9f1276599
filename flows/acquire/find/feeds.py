"""Reads RSS and Atom by feedparser, which forgives what publishers get wrong, and JSON Feed.

What feedparser itself fails on is read a second time by its elements alone (`plain_feed.py`).
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode, urlsplit, urlunsplit

import feedparser
from bs4 import BeautifulSoup

from flows.acquire.find.canonical import FindError, link_to, once
from flows.acquire.find.plain_feed import plain_entries
from flows.acquire.find.resolve import resolve
from flows.acquire.find.times import from_struct, read_time
from flows.acquire.find.unzip import unzipped
from flows.acquire.find.xml_repair import decode_xml, repaired
from flows.acquire.link import Link
from flows.clean.decode import charset_of

MAX_BYTES = 50_000_000
JSON_FEED = "jsonfeed.org/version/"

EMPTY_LINK = re.compile(r"<link[ \t\r\n]{0,20}(?:/>|>[ \t\r\n]{0,200}</link>)")
"""A link without an address; beside it feedparser no longer takes a guid for the address."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its title and language, and its links in its own order, each page once.

    `older` is the address of the feed's next older page, where it names one or is WordPress's.
    `unread_count` counts entries without an address that leads to a page; `identity` are parameters
    that it shows to tell its articles apart.
    """

    title: str | None
    language: str | None
    links: tuple[Link, ...]
    older: str | None = None
    unread_count: int = 0
    identity: frozenset[str] = frozenset()


def read_feed(
    content: bytes,
    address: str,
    source_id: str | None = None,
    content_type: str | None = None,
    kept_names: frozenset[str] = frozenset(),
) -> Feed:
    """Return the feed in `content`, fetched from `address`; `content_type` is the header, which may
    name the encoding. `kept_names` are the parameters that tell the articles of its source apart.

    Raises FindError where it is no feed. A feed without entries is one: publishers have quiet days.
    """
    content, _ = unzipped(content, MAX_BYTES)
    text = decode_xml(content, charset_of(content_type))
    if text[:1000].lstrip().startswith("{"):
        return _json_feed(text, address, source_id, kept_names)
    text = EMPTY_LINK.sub("", repaired(text))
    try:
        # a stream, since feedparser would fetch bytes that look like an address
        found = cast(
            Any,
            feedparser.parse(
                io.BytesIO(text.encode("utf-8", "replace")),
                # no address: feedparser would make `www.ellery.example/a` relative to it
                response_headers={"content-type": "application/xml; charset=utf-8"},
                sanitize_html=False,
            ),
        )
        version, about, entries = found.get("version"), found.feed, list(found.entries)
        entries = entries if version else plain_entries(text)
    except Exception as error:
        version, about, entries = "", {}, plain_entries(text)
        if not entries:
            raise FindError(
                f"{address} cannot be read as a feed: {type(error).__name__}: {error}"
            ) from error
    if not version and not entries:
        begins = " ".join(text[:200].split())[:60]
        raise FindError(
            f"{address} is no RSS or Atom feed, nor a JSON Feed; it begins with {begins!r}"
            if begins
            else f"{address} is empty, no feed"
        )
    links = [_link(entry, address, source_id) for entry in entries]
    unique, learned = once(links, kept_names)
    return Feed(
        _text(about.get("title")),
        _string(about.get("language")),
        unique,
        _older(about, address),
        sum(link is None for link in links),
        learned,
    )


def _link(entry: Mapping[str, Any], address: str, source_id: str | None) -> Link | None:
    # feedparser answers a missing "updated" with "published"; the plain look-up does not
    known = dict(entry)
    # an Atom entry whose content is elsewhere need not have a link (RFC 4287, 4.1.2)
    contents = [part.get("src") for part in known.get("content") or ()]
    places = [known.get("feedburner_origlink"), known.get("link"), *contents[:1]]
    if known.get("guidislink", True):
        places.append(known.get("id"))
    for place in places:
        url = place.strip() if isinstance(place, str) else ""
        # an id is no address unless it is a whole one
        if not url or (place is places[-1] and not url.startswith(("http://", "https://"))):
            continue
        if link := link_to(
            url,
            address,
            "feed",
            source_id,
            published_at=_time(known, "published"),
            changed_at=_time(known, "updated"),
            title=_text(known.get("title")),
        ):
            return link
    return None


def _time(entry: Mapping[str, Any], name: str) -> datetime | None:
    """Return a time of an entry. feedparser takes digits alone for something else (1764000000 for
    the year 1763), and does not know the names of most zones and months.
    """
    return read_time(_string(entry.get(name))) or from_struct(entry.get(f"{name}_parsed"))


def _older(about: Mapping[str, Any], address: str) -> str | None:
    """Return the address of the feed's next older page: by its own link (RFC 5005), or by the
    parameter that WordPress reads.
    """
    for link in about.get("links") or ():
        if link.get("rel") in ("next", "prev-archive") and isinstance(link.get("href"), str):
            return resolve(link["href"], address)
    if "wordpress.org" not in str(about.get("generator") or ""):
        return None
    parts = urlsplit(address)
    pairs = [pair.partition("=") for pair in parts.query.split("&") if pair]
    page = next((int(v) for n, _, v in pairs if n == "paged" and v.isascii() and v.isdigit()), 1)
    kept = [(n, v) for n, _, v in pairs if n != "paged"]
    return urlunsplit(parts._replace(query=urlencode([*kept, ("paged", str(page + 1))])))


def _json_feed(text: str, address: str, source_id: str | None, kept_names: frozenset[str]) -> Feed:
    """Return a JSON Feed (jsonfeed.org, 1.0 and 1.1). Raises FindError where it is something
    else.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FindError(f"{address} is no feed: it begins as JSON but is none ({error})") from error
    entries = found.get("items") if isinstance(found, dict) else None
    if not isinstance(entries, list) or JSON_FEED not in str(found.get("version")):
        raise FindError(f"{address} is JSON but no JSON Feed (jsonfeed.org)")
    links = [_json_link(entry, address, source_id) for entry in entries]
    older = found.get("next_url")
    unique, learned = once(links, kept_names)
    return Feed(
        _string(found.get("title")),
        _string(found.get("language")),
        unique,
        resolve(older, address) if isinstance(older, str) else None,
        sum(link is None for link in links),
        learned,
    )


def _json_link(entry: Any, address: str, source_id: str | None) -> Link | None:
    if not isinstance(entry, dict):
        return None
    named = str(entry.get("id") or "")
    if not named.startswith(("http://", "https://")):
        named = ""
    place = entry.get("url") or named or entry.get("external_url")
    if not isinstance(place, str) or not place.strip():
        return None
    return link_to(
        place,
        address,
        "feed",
        source_id,
        published_at=read_time(_string(entry.get("date_published"))),
        changed_at=read_time(_string(entry.get("date_modified"))),
        title=_text(entry.get("title")),
    )


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _text(title: Any) -> str | None:
    """Return a title without its markup."""
    if not isinstance(title, str):
        return None
    if "<" in title:
        title = BeautifulSoup(title[:20_000], "lxml").get_text(" ", strip=True)
    return " ".join(title.split()) or None
