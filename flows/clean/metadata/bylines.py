"""Authors that only the page's body names: elements marked as author or byline, and lines such as
"By Ann Lee".

authors.py decides which strings are names. Elements of comments, teasers and footers are
passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from lxml import etree
from lxml.html import HtmlElement

from flows.clean.html.zones import zone_of_words
from flows.clean.metadata.authors import (
    clean_names,
    is_organisation,
    is_person,
    without_small,
)
from flows.clean.metadata.dates import parse_date, split_at_dates
from flows.clean.metadata.printed import before_text, headline_at
from flows.clean.metadata.words import tidy
from flows.clean.selectors import elements_of
from flows.clean.wording import wording

MAX_BYLINE = 160
"""Characters of a byline element; a longer one is the author's biography."""

MAX_MARKED = 60
"""Elements marked as author that are looked at on one page."""

MAX_LINES_TO_BYLINE = 6
"""Lines under the headline among which a byline is the article's own."""

MAX_LINES_TO_NAME = 4
"""Lines under the headline among which the author's name stands alone: after a standfirst, a
section, a share button.
"""

_BLOCKS = frozenset({"div", "p", "li", "br", "h2", "h3", "h4", "section", "time", "dd", "dt"})
_WHOLE = frozenset({"article", "main", "body", "html"})
"""Elements that hold the article, and much beside."""

_NAMED = etree.XPath(".//*[@itemprop='name']")
_EXACT = wording("metadata", "bylines.exact")
_ELSEWHERE = frozenset(
    {
        "comments",
        "comment_prompt",
        "other_stories",
        "related_links",
        "copyright_footer",
        "image_caption",
        "newsletter_teaser",
    }
)
_LINE = wording("metadata", "bylines.line")
_ALONE = wording("metadata", "bylines.alone")
_RUN_TOGETHER = re.compile(r"[a-zà-ÿ]{3}[A-Z]")
"""Two words without a blank between them: the end of one element and the start of another."""

_PARTS = re.compile(r"\s[|•·∙⋅]\s")
_DATED = wording("metadata", "bylines.dated")
_BARE = wording("metadata", "bylines.bare")
"""The word of a byline whose name stands in the next line."""


def marked_authors(marked: Sequence[HtmlElement], *, sites: Sequence[str]) -> tuple[str, ...]:
    """The names in the best of the page's author elements (`marked_elements`), and in those that
    stand beside it; empty where none is marked.
    """
    ranked: list[tuple[int, int, HtmlElement]] = []
    for at, node in enumerate(marked[:MAX_MARKED]):
        rank = _rank(node)
        if rank is not None:
            ranked.append((rank, at, node))
    ranked.sort(key=lambda entry: entry[:2])
    placed = [entry for entry in ranked if not _is_elsewhere(entry[2])]
    for rank, _, node in placed:
        names = _names(node, sites)
        if not names:
            continue
        beside = [
            other
            for r, _, other in ranked
            if r == rank and other is not node and _near(node, other)
        ]
        return without_small((*names, *(name for other in beside for name in _names(other, sites))))
    return ()


def only_author(marked: Sequence[HtmlElement], *, sites: Sequence[str]) -> tuple[str, ...]:
    """The names of the author elements in margins and footers, where all of the page's name the
    same; else those of its `<address>` elements, where they stand side by side; else empty.
    """
    named = [
        (node, names)
        for node in marked[:MAX_MARKED]
        if _rank(node) is not None and not _is_readers(node) and (names := _names(node, sites))
    ]
    said = dict.fromkeys(names for _, names in named)
    is_row = all(node.tag == "address" and _near(named[0][0], node) for node, _ in named)
    if len(said) == 1 or is_row:
        return tuple(dict.fromkeys(name for names in said for name in names))
    return ()


def line_authors(lines: Sequence[str], *, sites: Sequence[str] = ()) -> tuple[str, ...]:
    """The names of the first line that is a byline ("By Ann Lee and Bo Sand | City desk"), or that
    follows its bare word ("Written by").
    """
    for at, line in enumerate(lines):
        if len(line) > MAX_BYLINE:
            continue
        if at + 1 < len(lines) and _BARE.match(line):
            line = f"By {lines[at + 1]}"
        elif _DATED.match(line):
            line = split_at_dates(line).rsplit(" • ", 1)[-1]
        found = _LINE.match(line)
        if found and (names := clean_names([found[1]], sites=sites)):
            return tuple(filter(is_person, names)) or names
    return ()


def near_byline(
    lines: Sequence[str], headline: str | None, *, sites: Sequence[str] = ()
) -> tuple[str, ...]:
    """The people named in a byline right under the headline, above the second paragraph; empty
    where there is none.
    """
    at = headline_at(lines, headline)
    if at is None:
        return ()
    below = before_text(lines[at + 1 : at + 1 + MAX_LINES_TO_BYLINE])
    names = line_authors(below, sites=sites)
    return () if any(map(_RUN_TOGETHER.search, names)) else tuple(filter(is_person, names))


def line_of_name(
    lines: Sequence[str], headline: str | None, *, sites: Sequence[str] = ()
) -> tuple[str, ...]:
    """The name that stands alone in a line under the headline, with the date in one of the next two
    lines; empty where none does.
    """
    at = headline_at(lines, headline)
    if at is None:
        return ()
    for here in range(at + 1, min(at + 1 + MAX_LINES_TO_NAME, len(lines))):
        first, *rest = _PARTS.split(lines[here]) if len(lines[here]) <= MAX_BYLINE else [""]
        if rest and _ALONE.match(first) and any(parse_date(part) for part in rest):
            return tuple(name for name in clean_names([first], sites=sites) if is_person(name))
        if _ALONE.match(lines[here]) and any(
            parse_date(line) for line in lines[here + 1 : here + 3] if len(line) <= MAX_BYLINE
        ):
            return tuple(
                name
                for name in clean_names([lines[here]], sites=sites)
                if not is_organisation(name)
            )
    return ()


def _rank(node: HtmlElement) -> int | None:
    if "author" in (node.get("itemprop") or ""):
        return 0
    if "author" in (node.get("rel") or "").split():
        return 1
    words = node.get("class") or node.get("id") or node.get("data-testid") or ""
    if zone_of_words(words) in _ELSEWHERE | {"share_buttons"}:
        return None
    if _EXACT.search(words):
        return 1
    return 3 if zone_of_words(words) == "author_bio" else 2


def _is_elsewhere(node: HtmlElement) -> bool:
    near = takewhile(lambda a: a.tag != "body", node.iterancestors())
    return any(
        (
            a.tag in ("footer", "nav", "aside", "figure")
            or zone_of_words(a.get("class") or "") in _ELSEWHERE
            or zone_of_words(a.get("id") or "") in _ELSEWHERE
        )
        and next(a.iter("h1"), None) is None
        for a in near
    )


def _is_readers(node: HtmlElement) -> bool:
    """Whether an element stands in a reader's comment."""
    return any(
        zone_of_words(a.get(name) or "") in ("comments", "comment_prompt")
        for a in (node, *node.iterancestors())
        for name in ("class", "id")
        if a.tag not in ("body", "html")
    )


def _near(one: HtmlElement, other: HtmlElement) -> bool:
    """Whether two elements share a parent, or a grandparent that is not the article itself."""
    parents = (one.getparent(), other.getparent())
    if parents[0] is parents[1]:
        return True
    first = [a for a, _ in zip(one.iterancestors(), range(2), strict=False)]
    second = [a for a, _ in zip(other.iterancestors(), range(2), strict=False)]
    return any(a is b and a.tag not in _WHOLE for a in first for b in second)


def _text_of(node: HtmlElement) -> str:
    """The text of an element, a bullet between its blocks: an outlet may stand under a name."""
    parts: list[str] = []
    for event, inner in etree.iterwalk(node, events=("start", "end")):
        is_block = inner is not node and inner.tag in _BLOCKS
        if event == "start":
            parts.append(f"{' • ' if is_block else ' '}{inner.text or ''}")
        elif inner is not node:
            parts.append(f"{' • ' if is_block else ' '}{inner.tail or ''}")
    return "".join(parts)


def _names(node: HtmlElement, sites: Sequence[str]) -> tuple[str, ...]:
    named = elements_of(_NAMED, node) if "author" in (node.get("itemprop") or "") else []
    texts = [tidy(_text_of(n)) for n in named or [node]]
    names = clean_names([t for t in texts if len(t) <= MAX_BYLINE], sites=sites)
    if names or named:
        return names
    links = [tidy(" ".join(a.itertext())) for a in node.iter("a")]
    return (
        clean_names([t for t in links if len(t) <= MAX_BYLINE], sites=sites)
        if len(links) < 8
        else ()
    )
