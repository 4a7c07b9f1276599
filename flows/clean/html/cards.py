"""Rows of cards: boxes made alike, each a linked headline with a line or two of summary. They lead
to other stories, whatever their names.

A row is classified as a whole, by its place and its share of the page's prose.
"""

from __future__ import annotations

import re

from flows.clean.html.prose import Prose
from flows.clean.html.segments import Box, Page

MAX_CARD_SEGMENTS, MAX_CARD_PROSE, MIN_CARD_ROW = 6, 400, 3
"""A card has at most so many segments and characters of prose, and a row of cards at least so many
of them.
"""

MIN_HEADLINE = 15
"""Characters from which a link in a card is its headline, not a button."""

MAX_SHARE = 0.4
"""Rows that hold more than this share of the page's prose are its content: a list of reviews, a
section front.
"""

MIN_LATE, MAX_LATE_SHARE = 0.3, 0.6
"""They may hold more where this share of the page's prose stands before them."""

MAX_REST = 0.1
"""In a body, a row counts only at its end: at most this share of the prose before it may stand
between or after its cards.
"""


def find_cards(page: Page, prose: Prose) -> list[bool]:
    """Mark the boxes of the page that are cards in a row of cards."""
    bodies = _bodies(page)
    marks = [False] * len(page.boxes)
    for members in card_rows(page, prose):
        if _is_row(page, prose, members, bodies[members[0]]):
            for index in members:
                marks[index] = True
    return marks


def card_rows(page: Page, prose: Prose) -> list[list[int]]:
    """The rows of cards of a page, each as the indices of its boxes."""
    rows: dict[tuple[int, str, str], list[int]] = {}
    for index, (box, is_card) in enumerate(zip(page.boxes, cards_of(page, prose), strict=True)):
        if is_card:
            rows.setdefault((box.parent, box.tag, component_of(box)), []).append(index)
    return [members for members in rows.values() if len(members) >= MIN_CARD_ROW]


def component_of(box: Box) -> str:
    """The first word of a box's class, which in most naming schemes is the name of the component it
    belongs to.
    """
    name = box.attributes.get("class") or box.attributes.get("id") or box.tag
    return re.split(r"[^A-Za-z]+", name, maxsplit=1)[0]


def cards_of(page: Page, prose: Prose) -> list[bool]:
    """Which boxes of the page look like a card. It is looked at once: this is asked three times."""
    if prose.cards is None:
        prose.cards = [
            1 < box.last - box.first <= MAX_CARD_SEGMENTS and _is_card(page, prose, box)
            for box in page.boxes
        ]
    return prose.cards


def _is_card(page: Page, prose: Prose, box: Box) -> bool:
    """Whether a small box holds one or two linked headlines and at most one paragraph."""
    if prose.within(box) > MAX_CARD_PROSE:
        return False
    pointers = 0
    for segment in page.segments[box.first : box.last]:
        size = len(segment.text)
        pointers += size >= MIN_HEADLINE and segment.linked >= 0.9 * size
    if not 1 <= pointers <= 2:
        return False
    return sum(map(bool, prose.of[box.first : box.last])) <= 1


def _is_row(page: Page, prose: Prose, members: list[int], body: int) -> bool:
    cards = [page.boxes[index] for index in members]
    start, end = cards[0].first, cards[-1].last
    held, before = sum(map(prose.within, cards)), prose.between(0, start)
    if body >= 0:
        rest = prose.between(start, end) - held + prose.between(end, page.boxes[body].last)
        if rest > MAX_REST * before:
            return False
    return held <= (MAX_LATE_SHARE if before >= MIN_LATE * prose.total else MAX_SHARE) * prose.total


def _bodies(page: Page) -> list[int]:
    """For each box the innermost box around it whose name says that it is the article's body; -1
    where there is none.
    """
    bodies: list[int] = []
    for index, box in enumerate(page.boxes):
        bodies.append(
            index if box.zone == "body" else bodies[box.parent] if box.parent >= 0 else -1
        )
    return bodies
