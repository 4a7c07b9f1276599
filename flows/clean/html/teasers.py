"""Pages whose text is teasers of other pages of the site: each paragraph is led by a link or
followed by a button ("Read more"), whatever boxes they stand in.

Rows of boxes made alike are for cards.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flows.clean.html.cards import MIN_HEADLINE
from flows.clean.html.elements import HEADINGS
from flows.clean.html.segments import Page, Segment
from flows.clean.metadata.absolute import absolute_url
from flows.clean.metadata.site import host_of

MIN_TEASERS, MIN_SHARE = 5, 0.7
"""Teasers, and their share of the kept text, that make a page a list of them."""


def count_teasers(page: Page, kept: Sequence[str], url: str | None) -> int:
    """Return how many teasers hold the kept text of a page that is a list of them; 0 for other
    pages. Of each teaser one paragraph counts: an article has more under its headings.
    """
    own = set(kept)
    times = Counter(s.text for s in page.segments if _is_link(page, s, url))
    count = held = heading = paragraph = 0
    is_led = False
    for segment in page.segments:
        size = len(segment.text) if segment.text in own else 0
        if segment.text in times:
            is_button = times[segment.text] >= MIN_TEASERS
            if is_button and paragraph:
                count, held = count + 1, held + heading + paragraph
                heading = paragraph = 0
            elif not is_button and len(segment.text) >= MIN_HEADLINE:
                is_led, heading = True, size
        elif size and segment.tag in HEADINGS:
            heading = size
        elif size:
            if is_led:
                count, held, is_led = count + 1, held + heading + size, False
                heading = paragraph = 0
            else:
                paragraph = size
    return count if count >= MIN_TEASERS and held >= MIN_SHARE * sum(map(len, kept)) else 0


def _is_link(page: Page, segment: Segment, url: str | None) -> bool:
    """Whether a segment is a link to a page of the same site and nothing else."""
    if segment.box < 0 or not segment.linked or segment.linked < len(segment.text):
        return False
    box = page.boxes[segment.box]
    link = next(box.node.iter("a"), None)
    if link is None:  # the box lies in the link
        link = next(box.node.iterancestors("a"), None)
    href = "" if link is None else link.get("href") or ""
    target = absolute_url(href, url) or ""
    return bool(href) and (host_of(target) == host_of(url) or not host_of(target))
