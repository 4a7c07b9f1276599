"""Reads a feed's entries by their elements alone, for feeds that break feedparser or that it does
not know: address, title and times, nothing else.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

ROOTS = ("rss", "feed", "rdf")
ENTRIES = ("item", "entry")
TIMES = {"pubDate": "published", "published": "published", "date": "published"}
CHANGES = {"updated": "updated", "modified": "updated"}
MAX_ENTRIES = 10_000


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace, declared or not; nothing for a comment."""
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


def plain_entries(text: str) -> list[dict[str, Any]]:
    """Return the entries of the feed in `text` (XML without a declaration), with the keys that
    feedparser gives them.
    """
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, load_dtd=False, no_network=True, encoding="utf-8"
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return []
    if root is None or local_name(root).lower() not in ROOTS:
        return []
    found = [element for element in root.iter() if local_name(element) in ENTRIES]
    return [_entry(element) for element in found[:MAX_ENTRIES]]


def _entry(element: etree._Element) -> dict[str, Any]:
    known: dict[str, Any] = {}
    for child in element:
        name, text = local_name(child), (child.text or "").strip()
        if name == "link":
            is_page = child.get("rel") in (None, "alternate")
            if is_page and (address := text or (child.get("href") or "").strip()):
                known.setdefault("link", address)
        elif name in ("guid", "id") and text:
            known["id"], known["guidislink"] = text, child.get("isPermaLink") != "false"
        elif name == "origLink":
            known["feedburner_origlink"] = text
        elif name == "title":
            known.setdefault("title", " ".join("".join(map(str, child.itertext())).split()))
        elif key := TIMES.get(name) or CHANGES.get(name):
            known.setdefault(key, text)
    return known
