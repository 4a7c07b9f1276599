"""Elements that say something of the page, found in one pass over the tree: those of its head, and
those marked as naming its author or its date. Each pass takes as long as reading all head tags.

Which of them are believed is for tags.py, jsonld.py, bylines.py and printed.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from lxml.html import HtmlElement

_AUTHOR_CLASSES = (
    *("uthor", "yline", "utor", "auteur", "writer", "vcard"),
    *("posted-by", "journalist", "reporter", "ignature"),
)
_OF_THE_HEAD, _ONLY_OF_THE_HEAD = frozenset({"meta", "link", "title", "script"}), ("meta", "link")
"""Elements whose claims are read elsewhere (tags.py, jsonld.py); some of them only there."""

_UNMARKED = frozenset({"script", "style", "body", "html", "img", "svg", "article"})
"""Elements that name no author of their own, whatever their attributes say."""

_MARKED = frozenset({"time", "address", "abbr"})
_TELLING = frozenset({"itemprop", "property", "rel", "id", "data-testid", "data-component"})
"""Elements and attributes (beside the class) that may name an author or a date: most elements have
none of them.
"""


@dataclass(frozen=True, slots=True)
class Marked:
    """The marked elements of a page, each kind in reading order. `head` are those of a head,
    wherever they stand: broken pages have them in the body.
    """

    head: list[HtmlElement] = field(default_factory=list)
    authors: list[HtmlElement] = field(default_factory=list)
    dates: list[HtmlElement] = field(default_factory=list)


def marked_elements(root: HtmlElement) -> Marked:
    """Return the elements below `root` that are of the head, or marked as author or as date."""
    marked = Marked()
    for node in root.iter("*"):
        tag = node.tag
        if tag in _OF_THE_HEAD:
            marked.head.append(node)
            if tag in _ONLY_OF_THE_HEAD:
                continue
        names = node.keys()
        if not names and tag not in _MARKED:
            continue
        classes = (node.get("class") or "") if "class" in names else ""
        is_author = _names_author(classes) or tag == "address"
        if not is_author and tag not in _MARKED and _TELLING.isdisjoint(names):
            continue
        if node is root:
            continue
        get = node.get
        itemprop = get("itemprop") or ""
        is_hatom = tag == "abbr" and get("title") and "published" in classes
        if tag == "time" or is_hatom or _is_date(itemprop, get("property") or ""):
            marked.dates.append(node)
        is_author = (
            is_author
            or "author" in itemprop
            or get("rel") == "author"
            or "uthor" in (get("id") or "")
            or _is_component(get("data-testid") or "", get("data-component") or "")
        )
        if is_author and tag not in _UNMARKED:
            marked.authors.append(node)
    return marked


@lru_cache(maxsize=20_000)
def _names_author(classes: str) -> bool:
    return any(map(classes.__contains__, _AUTHOR_CLASSES))


def _is_date(itemprop: str, prop: str) -> bool:
    return "datePublished" in itemprop or "datePublished" in prop or "dc:date" in prop


def _is_component(test_id: str, component: str) -> bool:
    return "uthor" in test_id or "yline" in test_id or "yline" in component
