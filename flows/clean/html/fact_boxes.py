"""Fact boxes behind the article's last paragraph: appendices that sum up or look back. A fact box
between paragraphs is the article's own.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, takewhile

from flows.clean.html.context import Context, Verdicts
from flows.clean.html.elements import FACT_BOX
from flows.clean.html.segments import Box
from flows.clean.wording import small


def drop_closing_fact_boxes(context: Context, verdicts: Verdicts) -> None:
    """Strip boxes named as fact boxes that no paragraph of the article follows."""
    box, boxes = context.box, context.page.boxes
    inside = takewhile(
        lambda inner: inner.first < box.last, islice(boxes, context.article + 1, None)
    )
    if not any(map(_is_fact_box, inside)):
        return
    last = max(
        (at for at in range(box.first, box.last) if _is_text(context, verdicts, at)), default=-1
    )
    for inner in boxes:
        if not box.first <= inner.first < inner.last <= box.last or inner.first <= last:
            continue
        if _is_named(context, inner.first, inner.last):
            for at in range(inner.first, inner.last):
                verdicts[at] = verdicts[at] or ("other_stories", "html.fact-box")


def _is_text(context: Context, verdicts: Verdicts, at: int) -> bool:
    """Whether a segment is a kept paragraph outside of fact boxes."""
    return verdicts[at] is None and context.prose.of[at] > 0 and not _is_named(context, at, at + 1)


def _is_named(context: Context, first: int, last: int) -> bool:
    """Whether the segments lie in a box named as a fact box, below the article's own box."""
    at = context.page.segments[first].box
    while at >= 0 and at != context.article:
        if _is_fact_box(context.page.boxes[at]):
            return context.page.boxes[at].last >= last
        at = context.page.boxes[at].parent
    return False


def _is_fact_box(box: Box) -> bool:
    if not box.attributes:
        return False
    return _names_fact_box(f"{box.attributes.get('class', '')} {box.attributes.get('id', '')}")


@lru_cache(maxsize=20_000)
def _names_fact_box(words: str) -> bool:
    return FACT_BOX.search(small(words)) is not None
