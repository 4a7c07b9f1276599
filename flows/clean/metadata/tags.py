"""The `<head>` of a page as a dictionary: meta tags by name, the title element, link elements.
Claims are not weighed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from flows.clean.metadata.words import tidy


@dataclass(slots=True)
class HeadTags:
    """What the head says. `meta` maps a lower-case name, property or itemprop to its contents in
    page order.
    """

    meta: dict[str, list[str]] = field(default_factory=dict)
    title: str | None = None
    canonical: str | None = None
    language: str | None = None

    def first(self, *names: str) -> str | None:
        """The first content under the first of these names that has one."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)

    def labelled(self, label: re.Pattern[str]) -> list[str]:
        """The contents that cards for social networks show beside a label: `twitter:data1` where
        `twitter:label1` is "Written by".
        """
        pairs = (
            (said, self.first(f"twitter:data{at}"))
            for at in "12"
            for said in self.meta.get(f"twitter:label{at}", ())
        )
        return [content for said, content in pairs if content and label.search(said)]


def _dated(itemprop: str | None) -> str | None:
    """An itemprop that speaks of dates; others (author, name) are as often those of references and
    comments.
    """
    return itemprop if itemprop and "date" in itemprop.lower() else None


def read_tags(root: HtmlElement, head: Iterable[HtmlElement]) -> HeadTags:
    """Read the language of the page, and those of the elements of its `head` that are meta, title
    or link.
    """
    tags = HeadTags(
        language=root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or root.get("xml:lang")
    )
    for node in head:
        if node.tag == "meta":
            content = tidy(node.get("content") or "")
            name = (
                node.get("property")
                or node.get("name")
                or node.get("http-equiv")
                or _dated(node.get("itemprop"))
            )
            if content and name:
                tags.meta.setdefault(name.strip().lower(), []).append(content)
        elif node.tag == "title":
            parent = node.getparent()
            if tags.title is None and node.text and (parent is None or parent.tag != "svg"):
                tags.title = tidy(node.text)
        elif (
            node.tag == "link"
            and tags.canonical is None
            and "canonical" in (node.get("rel") or "").lower().split()
        ):
            tags.canonical = (node.get("href") or "").strip() or None
    return tags
