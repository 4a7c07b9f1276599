"""Where pictures stand beside the segments of a page."""

from __future__ import annotations

from lxml.html import HtmlElement

from flows.clean.html.context import Context

PICTURES = ("img", "picture", "video", "figure", "iframe", "amp-img")

MAX_SEGMENTS = 3
"""Segments of an element that holds a picture and what is said of it."""


def is_near_picture(context: Context, at: int) -> bool:
    """Whether a picture stands right before a segment, or in one small element with it."""
    boxes = context.page.boxes
    index = context.page.segments[at].box
    if index < 0:
        return False
    if _holds_picture(boxes[index].node) or _is_after_picture(boxes[index].node):
        return True
    parent = boxes[index].parent
    return (
        parent >= 0
        and boxes[parent].last - boxes[parent].first <= MAX_SEGMENTS
        and (_holds_picture(boxes[parent].node) or _is_after_picture(boxes[parent].node))
    )


def _is_after_picture(node: HtmlElement) -> bool:
    before = node.getprevious()
    if before is None:
        return False
    return before.tag in PICTURES or (
        _holds_picture(before) and not "".join(map(str, before.itertext())).strip()
    )


def _holds_picture(node: HtmlElement) -> bool:
    return next(node.iter(*PICTURES), None) is not None
