"""The standfirst: the summary that templates print between headline and body, outside the article's
box.

It is taken from where it stands when the page's own description repeats it, when its element is
named for it, or when it is a paragraph. Whether it is the article's text is a custom of the
language. In German, French and most others it opens the text (Vorspann, chapeau) and the body goes
on from it. In English it is a part of the headline (deck, sub-headline), which the body says again:
there, one that stands apart from the body, above the byline or the picture, is stripped with the
headline. Counted over the four evaluation sets: of decks that stand apart, editors leave 71 out and
take 45 in; of standfirsts in other languages they leave 10 out and take 91 in.
"""

from __future__ import annotations

from typing import NamedTuple

from flows.clean.html.elements import HEADINGS
from flows.clean.html.prose import MIN_PROSE, ends_sentence
from flows.clean.html.segments import Page
from flows.clean.metadata.words import letters
from flows.clean.wording import wording

MAX_REACH = 25
"""Segments after the headline among which the standfirst stands: byline, date, share buttons and a
picture may come between.
"""

LENGTHS = range(40, 900)
"""Characters of a standfirst."""

OPENING = 60
"""Characters that a segment and the description must share from their start; descriptions are cut
at some length, or go on.
"""

DECKS_IN = "en"
"""The language whose standfirsts are decks."""

_NAMED = wording("html", "standfirst.named")


class Standfirst(NamedTuple):
    """A segment that is a standfirst; `is_apart` where something stands between it and the body,
    and its place is not all that names it.
    """

    at: int
    is_apart: bool


def find_standfirst(
    page: Page, zones: list[str | None], headline: int, first: int, description: str | None
) -> list[Standfirst]:
    """Return the segments between the headline and the article's first segment that are its
    standfirst, in reading order.
    """
    if headline < 0:
        return []
    opening = letters(description or "")[:OPENING]
    found: list[Standfirst] = []
    for at in range(headline + 1, min(first, headline + MAX_REACH)):
        segment = page.segments[at]
        if (
            len(segment.text) not in LENGTHS
            or segment.linked * 2 > len(segment.text)
            or segment.tag == "h1"
        ):
            continue
        is_description = len(opening) > 20 and letters(segment.text)[: len(opening)] == opening
        if not is_description and (zones[segment.box] or segment.tag in ("li", "figcaption")):
            continue
        is_told = is_description or _is_named(page, segment.box)
        if is_told or (len(segment.text) >= MIN_PROSE and ends_sentence(segment.text)):
            is_deck = is_told or segment.tag in HEADINGS
            found.append(Standfirst(at, is_apart=is_deck and _is_apart(page, at, headline, first)))
    return found


def _is_apart(page: Page, at: int, headline: int, first: int) -> bool:
    """Whether a standfirst is parted from the body, and from the headline by no heading of its own
    ("Abstract").
    """
    return at + 1 < first and (at == headline + 1 or page.segments[at - 1].tag not in HEADINGS)


def _is_named(page: Page, box: int) -> bool:
    for _ in range(3):
        if box < 0:
            return False
        attributes = page.boxes[box].attributes
        words = " ".join(
            attributes.get(name, "") for name in ("class", "id", "data-testid", "itemprop")
        )
        if _NAMED.search(words):
            return page.boxes[box].last - page.boxes[box].first <= 4
        if page.boxes[box].tag in HEADINGS or page.boxes[box].last - page.boxes[box].first > 1:
            return False
        box = page.boxes[box].parent
    return False
