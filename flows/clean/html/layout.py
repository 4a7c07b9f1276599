"""A fingerprint of a page's markup: where its headline and most of its paragraphs stand. Pages of
one template share it.

Only elements above these places count, with the words of their classes; words with digits or
capitals are made anew by many site builders, and `html`, `body` and `article` carry the article's
own section and number, so these give their names alone.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from lxml.html import HtmlElement

WORD = re.compile(r"[a-z][a-z_-]{2,29}")

OWN = ("html", "body", "article")


def layout_of(root: HtmlElement) -> str | None:
    """Return the path to the parent of most paragraphs and that to the first `<h1>`; None for a
    page without either.
    """
    parents = Counter(parent for p in root.iter("p") if (parent := p.getparent()) is not None)
    places = [parent for parent, _ in parents.most_common(1)] + list(islice(root.iter("h1"), 1))
    return " | ".join(map(_path, places)) or None


def _path(place: HtmlElement) -> str:
    return "/".join(_name(element) for element in (*reversed(list(place.iterancestors())), place))


def _name(element: HtmlElement) -> str:
    tag = str(element.tag)
    if tag in OWN:
        return tag
    words = sorted(word for word in (element.get("class") or "").split() if WORD.fullmatch(word))
    return ".".join([tag, *words[:3]])
