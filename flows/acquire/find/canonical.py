"""Makes links: the address as found, made absolute, with the canonical address that its variants
share (`flows/link/address.py`).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

from flows.acquire.find.resolve import resolve, unwrapped
from flows.acquire.link import Kind, Link
from flows.link.address import canonical_url, is_same_site
from flows.link.identity import identity_names

__all__ = ["FindError", "canonical_url", "is_same_site", "link_to", "once"]

NO_PAGE = re.compile(
    r"\.(?:mp[34]|m4[av]|ogg|wav|aac|avi|mov|webm|flv|jpe?g|png|gif|svg|webp|avif|tiff?|bmp|ico|"
    r"pdf|docx?|xlsx?|pptx?|zip|g?z|tgz|rar|7z|exe|apk|dmg|iso|css|js|json|rss|atom|xml|ics|vcf|"
    r"woff2?|ttf|eot)$",
    re.IGNORECASE,
)
"""Endings of files that are no pages."""

MAX_TITLE_CHARACTERS = 300

TYPED = ("feed", "sitemap", "list", "given")
"""Where addresses are written to be absolute, unlike those of a page's links."""


class FindError(Exception):
    """What was fetched is not what it was listed as; the message says what was wrong and where."""


def link_to(
    url: str,
    found_in: str,
    kind: Kind,
    source_id: str | None = None,
    *,
    published_at: datetime | None = None,
    changed_at: datetime | None = None,
    title: str | None = None,
    kept_names: Container[str] = (),
) -> Link | None:
    """Return the link to `url`, which may be relative to `found_in`; None where it leads to no page
    on the web. Never raises.

    A name and password in the address are left out, and so is its fragment, unless a program on the
    page lives by it (`#!`). `kept_names` are the parameters that tell the articles of the source
    apart. Known redirects of others (Google Alerts) are replaced by their target.
    """
    if kind == "list" and not url.strip().startswith(("http://", "https://")):
        return None  # a line of a list is an address or a mistake
    found = resolve(url, found_in, is_typed=kind in TYPED)
    if found is None:
        return None
    try:
        parts = urlsplit(unwrapped(found))
        place = parts.netloc.rpartition("@")[2]
        fragment = parts.fragment if parts.fragment.startswith("!") else ""
        address = urlunsplit(parts._replace(netloc=place, fragment=fragment))
        key = canonical_url(address, kept_names)
    except ValueError:
        return None
    if key is None or (kind not in ("list", "given") and NO_PAGE.search(parts.path)):
        return None
    words = " ".join(title.split())[:MAX_TITLE_CHARACTERS] if title else ""
    words = words.encode("utf-8", "replace").decode()
    return Link(address, key, source_id, found_in, kind, published_at, changed_at, words or None)


def once(
    links: Iterable[Link | None], kept_names: frozenset[str]
) -> tuple[tuple[Link, ...], frozenset[str]]:
    """Return each page's first link, in order, and the parameters that this listing shows to tell
    its articles apart, besides `kept_names`.
    """
    given = [link for link in links if link]
    learned = identity_names((link.url, link.title) for link in given) - kept_names
    names = kept_names | learned
    found: dict[str, Link] = {}
    for link in given:
        key = (canonical_url(link.url, names) or link.key) if names else link.key
        found.setdefault(key, replace(link, key=key))
    return tuple(found.values()), learned
