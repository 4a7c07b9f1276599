"""Keys made from content: 16 hexadecimal digits of SHA-256. The same input has the same key on
every machine.

64 bits are enough: among ten million keys of a kind, two collide with a probability of 3 in a
million.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Container
from urllib.parse import urlsplit

from flows.link.address import canonical_url
from flows.link.fold import fold
from flows.link.names import name_key


def digest(*parts: str | int) -> str:
    """Return the key of `parts`. Their number and order matter."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()[:16]


def page_id(content: bytes) -> str:
    """Return the key of a page's bytes."""
    return hashlib.sha256(content).hexdigest()[:16]


def address_key(url: str, kept_names: Container[str] = ()) -> str:
    """Return the canonical URL (`address.py`) without its scheme, or `url` if it has none."""
    if (canonical := canonical_url(url, kept_names)) is None:
        return url
    parts = urlsplit(canonical)
    return f"{parts.netloc}{parts.path.rstrip('/')}?{parts.query}"


def article_id(url: str | None, text: str, source_id: str, kept_names: Container[str] = ()) -> str:
    """Return the key of an article: from its own URL, else from its source and text.

    The source is part of the key: two outlets that print the same text have one article each.
    `copy_id` joins them. `kept_names` are the parameters that tell the articles of the source
    apart.
    """
    if url:
        return digest("url", address_key(url, kept_names))
    return digest("text", source_id, fold(text))


def story_id(article: str) -> str:
    """Return the key of a story that begins with `article`."""
    return digest("story", article)


def copy_id(article: str) -> str:
    """Return the key of the articles that print the text of `article`."""
    return digest("copy", article)


def utterance_id(quotation: str) -> str:
    """Return the key of what is said in the quotation with key `quotation`."""
    return digest("utterance", quotation)


def quote_id(article: str, start: int, end: int, kind: str) -> str:
    """Return the key of one quotation in one article."""
    return digest("quote", article, start, end, kind)


@functools.lru_cache(maxsize=50_000)
def entity_id(label: str, name: str) -> str:
    """Return the key of an entity: its type and its folded name."""
    return digest("entity", label, name_key(name, label))


def name_id(plain_id: str, bearer: str | None) -> str:
    """Return the key of a name with what articles say of its bearer; `plain_id` if they say
    nothing.
    """
    return digest("bearer", plain_id, bearer) if bearer else plain_id


def block_id(block: str) -> str:
    """Return the key of a block of a page."""
    return digest("block", fold(block))


def layout_id(layout: str) -> str:
    """Return the key of a page's layout."""
    return digest("layout", layout)
