"""The redirects that are no status: a `Refresh` header, and `<meta http-equiv="refresh">`."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from flows.acquire.sniff import sniff
from flows.acquire.web.exchange import Exchange

MAX_SECONDS = 5.0
"""A longer wait is meant for a reader: a live page that loads itself again, a notice before a
leave.
"""

HEAD_BYTES = 50_000
"""Bytes of a page in which a refresh is looked for: it belongs into the head."""

VALUE = re.compile(
    r"\s{0,50}([0-9]{0,6})(?:\.[0-9.]{0,20})?(?:\s{0,50}[;,]\s{0,50}|\s{1,50})(.{1,4000})",
    re.IGNORECASE | re.DOTALL,
)
"""Seconds, a separator, the rest: what browsers read (the HTML standard)."""

NAME = re.compile(r"url\s{0,20}=\s{0,20}", re.IGNORECASE)


def refresh_target(exchange: Exchange) -> str | None:
    """Return where a response sends a browser within MAX_SECONDS, as it is written; None where it
    does not.

    A refresh in `<noscript>` is not followed: it leads browsers without scripts to a notice.
    """
    found = _target(exchange.header("refresh"))
    if found or sniff(exchange.content) != "html":
        return found
    head = exchange.content[:HEAD_BYTES]
    if b"refresh" not in head.lower():
        return None
    parser = HTMLParser(encoding="utf-8", remove_comments=True, no_network=True)
    try:
        root = document_fromstring(head.decode("utf-8", "replace").encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        if not any(around.tag in ("noscript", "template") for around in meta.iterancestors()):
            return _target(meta.get("content"))
    return None


def _target(value: str | None) -> str | None:
    found = VALUE.match(value or "")
    if not found or not (found[1] or found[0].lstrip().startswith(".")):
        return None
    if float(found[1] or 0) > MAX_SECONDS:
        return None
    address = NAME.sub("", found[2].strip(), count=1) if NAME.match(found[2]) else found[2].strip()
    if address[:1] in ("'", '"'):
        address = address[1:].partition(address[0])[0]
    return address.strip() or None
