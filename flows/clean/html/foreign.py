"""Which boxes of a page hold what others say or what leads elsewhere: readers' comments, teasers,
embedded posts, margins, the site's own head. Dates and names in them are not the article's.

The claims of single boxes are enough here; zoning.py decides which of them hold for the text.
"""

from __future__ import annotations

from functools import lru_cache

from flows.clean.html.cards import cards_of
from flows.clean.html.elements import HEADINGS, is_masthead
from flows.clean.html.prose import Prose
from flows.clean.html.segments import Box, Page

OTHERS = frozenset({"comments", "comment_prompt", "cookie_notice"})
"""Zones whose words are other people's, wherever they stand."""

ELSEWHERE = frozenset({"other_stories", "related_links"})
"""Zones that lead to other texts; templates give these names to an article's own head too."""

QUOTING = frozenset({"blockquote", "figure", "figcaption"})
"""Elements that quote others or show pictures, wherever they stand."""

ASIDE = frozenset({"aside", "nav", "figure", "figcaption"})

EMBEDS = (
    *("tweet", "instagram-media", "fb-post", "tiktok-embed", "bluesky-embed", "mastodon-embed"),
    *("block-embed", "video-embed", "tgme_widget", "mastodon"),
    *("social-embed", "embed-social", "oembed", "reddit-card", "telegram-post", "embedded-post"),
)
"""Words in the class of an element that shows another platform's post."""

MAX_SHARE = 0.4
"""A box with a larger share of the page's prose is the article's own column, whatever its name."""

MIN_LINKED = 0.9
"""Share of a heading in links that makes it another text's."""

MAX_LINES, MAX_LINE = 5, 60
"""Lines under a headline that tell of the article itself, and characters of one."""


def foreign_boxes(page: Page, prose: Prose) -> tuple[list[bool], list[bool]]:
    """Mark the boxes that lie in a comment, an embed or the site's own head; and these together
    with the boxes in a teaser or a margin. A box that holds an `<h1>` or most of the prose is never
    marked.

    The last mark (index -1) is for segments outside of all boxes. Where a page declares no date,
    the first marks are to be used: its date line may stand in a box with a teaser's name.
    """
    heads = [at for at, segment in enumerate(page.segments) if segment.tag == "h1"]
    others: list[bool] = []
    foreign: list[bool] = []
    for box, is_card in zip(page.boxes, cards_of(page, prose), strict=True):
        is_others = (box.parent >= 0 and others[box.parent]) or (
            _is_others(box) and _is_aside(prose, box, heads)
        )
        others.append(is_others)
        foreign.append(
            is_others
            or (box.parent >= 0 and foreign[box.parent])
            or (
                (
                    box.zone in ELSEWHERE
                    or box.tag in ASIDE
                    or (is_card and bool(heads) and _has_linked_heading(page, box))
                )
                and _is_aside(prose, box, heads)
            )
        )
    return [*others, False], [*foreign, False]


def _is_aside(prose: Prose, box: Box, heads: list[int]) -> bool:
    """Whether a box holds neither the headline nor most of the prose."""
    return not _holds(box, heads) and prose.within(box) <= MAX_SHARE * prose.total


def _is_others(box: Box) -> bool:
    return (
        box.zone in OTHERS
        or box.tag == "blockquote"
        or (
            (box.tag == "header" or box.attributes.get("role") == "banner")
            and is_masthead(box.node)
        )
        or _is_embed(box.attributes.get("class", ""))
    )


def _has_linked_heading(page: Page, box: Box) -> bool:
    """Whether a box that looks like a card holds a linked heading: then it is a teaser."""
    return any(
        s.tag in HEADINGS and s.linked >= MIN_LINKED * len(s.text)
        for s in page.segments[box.first : box.last]
    )


@lru_cache(maxsize=20_000)
def _is_embed(words: str) -> bool:
    words = words.lower()
    return any(name in words for name in EMBEDS) and "article" not in words


def lines_under_headline(page: Page, marks: list[bool]) -> frozenset[int]:
    """Return the first segments of marked boxes that stand right under an `<h1>`: the short lines
    without links, up to the first other line. They tell of the article itself.
    """
    heads = [at for at, segment in enumerate(page.segments) if segment.tag == "h1"]
    found: set[int] = set()
    for box, is_marked in zip(page.boxes, marks, strict=False):
        is_outermost = is_marked and not (box.parent >= 0 and marks[box.parent])
        if not is_outermost or box.zone in OTHERS or box.tag in QUOTING:
            continue
        if any(0 < box.first - at <= MAX_LINES for at in heads):
            for at in range(box.first, min(box.first + MAX_LINES, box.last)):
                segment = page.segments[at]
                if segment.linked or len(segment.text) > MAX_LINE or segment.tag in HEADINGS:
                    break
                found.add(at)
    return frozenset(found)


def _holds(box: Box, places: list[int]) -> bool:
    return any(box.first <= at < box.last for at in places)
