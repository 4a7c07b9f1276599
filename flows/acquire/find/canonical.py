"""Makes links: the address as found, made absolute, with the canonical address that its variants
share (`flows/link/address.py`).
"""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urljoin, urlsplit, urlunsplit

from flows.acquire.link import Kind, Link
from flows.link.address import canonical_url, is_same_site

__all__ = ["FindError", "canonical_url", "is_same_site", "link_to"]

NO_PAGE = re.compile(
    r"\.(?:mp[34]|m4[av]|ogg|wav|aac|avi|mov|webm|flv|jpe?g|png|gif|svg|webp|avif|tiff?|bmp|ico|pdf|docx?|xlsx?|pptx?|zip|g?z|tgz|rar|7z|exe|apk|"
    r"dmg|iso|css|js|json|rss|atom|xml|ics|vcf|woff2?|ttf|eot)$",
    re.IGNORECASE,
)
"""Endings of files that are no pages."""

MAX_TITLE_CHARACTERS = 300


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
) -> Link | None:
    """Return the link to `url`, which may be relative to `found_in`; None where it leads to no page
    on the web.

    A name and password in the address are left out, and so is its fragment, unless a program on the
    page lives by it (`#!`).
    """
    try:
        parts = urlsplit(urljoin(found_in, "".join(url.split())) if kind != "list" else url.strip())
    except ValueError:
        return None
    place = parts.netloc.rpartition("@")[2]
    address = urlunsplit(
        parts._replace(
            netloc=place, fragment=parts.fragment if parts.fragment.startswith("!") else ""
        )
    )
    key = canonical_url(address)
    if key is None or (kind not in ("list", "given") and NO_PAGE.search(parts.path)):
        return None
    words = " ".join(title.split())[:MAX_TITLE_CHARACTERS] if title else ""
    return Link(address, key, source_id, found_in, kind, published_at, changed_at, words or None)
