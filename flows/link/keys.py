"""Keys from content: 16 hexadecimal digits of SHA-256, so that the same input has the same key on
every machine.

64 bits: among ten million keys of a kind, two meet by chance with a probability of 3 in a million.
"""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from flows.link.address import canonical_url
from flows.link.fold import fold
from flows.link.names import name_key


def digest(*parts: str | int) -> str:
    """Return the key of `parts`; their number and order count."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()[:16]


def page_id(content: bytes) -> str:
    """Return the key of a page's bytes."""
    return hashlib.sha256(content).hexdigest()[:16]


def address_key(url: str) -> str:
    """Return what is the same in all variants of an address (`address.py`), without its scheme;
    itself where it is none of the web's.
    """
    if (canonical := canonical_url(url)) is None:
        return url
    parts = urlsplit(canonical)
    return f"{parts.netloc}{parts.path.rstrip('/')}?{parts.query}"


def article_id(url: str | None, text: str, source_id: str) -> str:
    """Return the key of an article: from its own address, or from its source and text where it has
    none.

    The source counts, since two outlets that print the same text have an article each; `story_id`
    is what joins them.
    """
    return digest("url", address_key(url)) if url else digest("text", source_id, fold(text))


def story_id(text: str) -> str:
    """Return the key that articles share which tell the same text."""
    return digest("story", fold(text))


def variant_id(quotation: str) -> str:
    """Return the key that quotations in the same words share."""
    return digest("variant", fold(quotation))


def quote_id(article: str, start: int, end: int, kind: str) -> str:
    """Return the key of one quotation in one article."""
    return digest("quote", article, start, end, kind)


def entity_id(label: str, name: str) -> str:
    """Return the key of an entity: its type and its folded name."""
    return digest("entity", label, name_key(name, label))


def name_id(plain_id: str, bearer: str | None) -> str:
    """Return the key of a name of which articles say `bearer`; the plain one where they say
    nothing.
    """
    return digest("bearer", plain_id, bearer) if bearer else plain_id


def block_id(block: str) -> str:
    """Return the key of a block of a page."""
    return digest("block", fold(block))


def layout_id(layout: str) -> str:
    """Return the key of a page's layout."""
    return digest("layout", layout)
