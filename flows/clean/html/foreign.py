"""Which boxes of a page hold what others say or what leads elsewhere: readers' comments, teasers,
embedded posts, margins. Dates and names in them are not the article's.

The claims of single boxes are enough here; zoning.py decides which of them hold for the text.
"""

from __future__ import annotations

from functools import lru_cache

from flows.clean.html.prose import Prose
from flows.clean.html.segments import Box, Page

OTHERS = frozenset({"comments", "comment_prompt", "cookie_notice"})
"""Zones whose words are other people's, wherever they stand."""

ELSEWHERE = frozenset({"other_stories", "related_links"})
"""Zones that lead to other texts; templates give these names to an article's own head too."""

ASIDE = frozenset({"aside", "nav", "figure", "figcaption"})

EMBEDS = (
    *("tweet", "instagram-media", "fb-post", "tiktok-embed", "bluesky-embed", "mastodon-embed"),
    *("social-embed", "embed-social", "oembed", "reddit-card", "telegram-post", "embedded-post"),
)
"""Words in the class of an element that shows another platform's post."""

MAX_SHARE = 0.4
"""A box with a larger share of the page's prose is the article's own column, whatever its name."""


def foreign_boxes(page: Page, prose: Prose, *, is_strict: bool) -> list[bool]:
    """Mark the boxes that lie in a comment or an embed, and, where `is_strict`, in a teaser or a
    margin. A box that holds an `<h1>` or most of the prose is never marked.

    The last mark (index -1) is for segments outside of all boxes. Where a page declares no date,
    the looser marks are to be used: its date line may stand in a box with a teaser's name.
    """
    heads = [at for at, segment in enumerate(page.segments) if segment.tag == "h1"]
    marks: list[bool] = []
    for box in page.boxes:
        inherited = box.parent >= 0 and marks[box.parent]
        marks.append(
            inherited
            or (
                _is_foreign(box, is_strict)
                and not _holds(box, heads)
                and prose.within(box) <= MAX_SHARE * prose.total
            )
        )
    return [*marks, False]


def _is_foreign(box: Box, is_strict: bool) -> bool:
    if box.zone in OTHERS or box.tag == "blockquote":
        return True
    if is_strict and (box.zone in ELSEWHERE or box.tag in ASIDE):
        return True
    words = box.node.get("class")
    return bool(words) and _is_embed(words or "")


@lru_cache(maxsize=20_000)
def _is_embed(words: str) -> bool:
    words = words.lower()
    return any(name in words for name in EMBEDS) and "article" not in words


def _holds(box: Box, places: list[int]) -> bool:
    return any(box.first <= at < box.last for at in places)
