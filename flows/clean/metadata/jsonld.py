"""JSON-LD of a page: reading it leniently and finding the object that describes the article.
Its claims are not weighed here.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml.html import HtmlElement

from flows.clean.metadata.words import tidy

Json = dict[str, Any]

ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report)$")
PAGE_TYPES = frozenset(
    {
        "WebPage",
        "ItemPage",
        "AboutPage",
        "Recipe",
        "VideoObject",
        "Review",
        "Product",
        "CreativeWork",
        "Event",
        "HowTo",
    }
)
MAX_OBJECTS = 2000
"""Objects looked at on one page; some shops list every product they have."""

_TRAILING_COMMA = re.compile(r",\s*([\]}])")
_WRAPPING = re.compile(r"^\s*(?:<!\[CDATA\[|//<!\[CDATA\[|<!--)|(?:\]\]>|//\]\]>|-->)\s*(?:;\s*)?$")


def read_objects(head: Iterable[HtmlElement]) -> list[Json]:
    """Every JSON-LD object in the scripts among these elements that has a type, in page order,
    nested `@graph` and list members included.
    """
    found: list[Json] = []
    for script in head:
        if (
            script.tag == "script"
            and "ld+json" in (script.get("type") or "").lower()
            and script.text
        ):
            for value in _load(script.text):
                for item in _objects(value):
                    found.append(item)
                    if len(found) >= MAX_OBJECTS:
                        return found
    return found


def types_of(item: Json) -> tuple[str, ...]:
    """The type names of an object, without their schema's address."""
    kind = item.get("@type")
    names = kind if isinstance(kind, list) else [kind]
    return tuple(name.rsplit("/", 1)[-1] for name in names if isinstance(name, str))


def find_articles(objects: list[Json]) -> list[Json]:
    """The objects of an article type, in page order."""
    return [o for o in objects if any(ARTICLE_TYPES.search(t) for t in types_of(o))]


def find_article(objects: list[Json]) -> Json:
    """The object that describes the page's article: an article type first, then a page type; empty
    where there is none.

    Of several articles the first that carries a headline is taken: publishers put the page's own
    before those it refers to.
    """
    articles = find_articles(objects)
    pages = [o for o in objects if not PAGE_TYPES.isdisjoint(types_of(o))]
    for group in (articles, pages):
        for item in group:
            if item.get("headline") or (item.get("name") and item.get("datePublished")):
                return item
    return articles[0] if articles else pages[0] if pages else {}


def resolve(value: Any, objects: list[Json]) -> Any:
    """Follow a bare `{"@id": …}` to the object of that id; any other value is given back as it
    is.
    """
    if isinstance(value, dict) and "@id" in value and not (value.get("name") or value.get("url")):
        return next((o for o in objects if o.get("@id") == value["@id"] and o.get("name")), value)
    return value


def text_of(value: Any) -> str | None:
    """A string value with entities decoded and white space folded; of a list its first string; None
    for all else.
    """
    if isinstance(value, list):
        return next(filter(None, map(text_of, value)), None)
    if not isinstance(value, str):
        return None
    return tidy(html.unescape(html.unescape(value))) or None


def _load(source: str) -> Iterator[Any]:
    source = _WRAPPING.sub("", source)
    for attempt in (source, _TRAILING_COMMA.sub(r"\1", source)):
        try:
            yield json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
        return


def _objects(value: Any) -> Iterator[Json]:
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            if "@type" in item:
                yield item
            stack.extend(
                item[key]
                for key in ("mainEntity", "mainEntityOfPage", "itemListElement", "item", "@graph")
                if isinstance(item.get(key), list | dict)
            )
