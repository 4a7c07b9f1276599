"""Captions that neither their element nor their words tell: short lines alone with a picture."""

from __future__ import annotations

from flows.clean.html.context import Context, Verdicts
from flows.clean.html.elements import HEADINGS
from flows.clean.html.prose import ends_sentence

MAX_CAPTION, MIN_CAPTION_SPACES = 200, 3
"""Most characters of a caption that nothing marks as one, and how many blanks between its words it
has at least.
"""

CAPTIONLESS = HEADINGS | {"p", "li", "dd", "dt", "td", "th", "tr", "blockquote", "pre", "summary"}
"""Elements whose lines are text though a picture stands in them."""

PICTURES = ("img", "picture", "video", "iframe")


def drop_captions(context: Context, verdicts: Verdicts) -> None:
    """Strip the short lines that have an element to themselves with a picture or a player, and are
    no paragraph: captions and labels.
    """
    for at in range(context.box.first, context.box.last):
        segment = context.page.segments[at]
        is_line = (
            segment.tag not in CAPTIONLESS
            and not segment.linked
            and len(segment.text) < MAX_CAPTION
        )
        if (
            verdicts[at] is not None
            or not is_line
            or segment.text.count(" ") < MIN_CAPTION_SPACES
            or ends_sentence(segment.text)
        ):
            continue
        if _is_pictured(context, at):
            verdicts[at] = ("image_caption", "html.pictured")


def _is_pictured(context: Context, at: int) -> bool:
    """Whether an element holds this segment, a picture and no other text."""
    boxes = context.page.boxes
    index = context.page.segments[at].box
    while index >= 0 and boxes[index].last - boxes[index].first == 1:
        if next(boxes[index].node.iter(*PICTURES), None) is not None:
            return True
        index = boxes[index].parent
    return False
