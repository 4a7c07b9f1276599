"""Which of the zones that boxes claim (elements.py) hold: a template's odd name for the article's
own column is no evidence.

Zones are cancelled by what they contain: too much of the page's prose, more prose than such a zone
has, or the headline.
"""

from __future__ import annotations

from flows.clean.html.cards import component_of, find_cards
from flows.clean.html.prose import Prose
from flows.clean.html.segments import Box, Page
from flows.clean.html.zones import most_prose
from flows.clean.wording import wording

MAX_SHARE = 0.4
"""A zone that holds more than this share of the page's prose is not one."""

FOREIGN, MAX_FOREIGN_SHARE = frozenset({"cookie_notice", "comment_prompt"}), 0.9
"""Zones whose texts can be longer than the article's: they are believed unless they hold next to
all of the page.
"""

MIN_BASE = 0.1
"""The share of the page's prose that is taken for the article's at least, however much is
foreign.
"""

MIN_NOTICE = 300
"""Characters of prose from which a notice about consent must speak of it."""

_CONSENT = wording("html", "zoning.consent")


def effective_zones(page: Page, prose: Prose, headline: int = -1) -> list[str | None]:
    """The zone that holds for each box: its own or its parent's; of nested zones the outermost.

    `headline` is the headline's segment, -1 where it is not known. Where a zone is cancelled, the
    same claim of the same component on boxes inside it says nothing either: there it is the name of
    the layout.
    """
    cards = find_cards(page, prose)
    base = max(prose.total - _foreign_prose(page, prose), MIN_BASE * prose.total)
    limits = {zone: min(most, MAX_SHARE * base) for zone, most in most_prose().items()}
    zones: list[str | None] = []
    void: list[frozenset[str]] = []
    for box, is_card in zip(page.boxes, cards, strict=True):
        inherited, names = (
            (zones[box.parent], void[box.parent]) if box.parent >= 0 else (None, frozenset())
        )
        own = "other_stories" if is_card else None if box.zone == "body" else box.zone
        if own is not None and inherited is None:
            name = f"{own} {component_of(box)}"
            limit = (
                MAX_FOREIGN_SHARE * prose.total
                if own in FOREIGN
                else limits.get(own, MAX_SHARE * base)
            )
            if name in names:
                own = None
            elif _is_cancelled(page, prose.within(box), box, own, limit, headline):
                own, names = None, names | {name}
        zones.append(inherited or own)
        void.append(names)
    return zones


def _is_cancelled(page: Page, held: int, box: Box, zone: str, limit: float, headline: int) -> bool:
    if held > limit:
        return True
    if held and box.first <= headline < box.last and zone not in ("hidden", "navigation"):
        return True
    return (
        zone == "cookie_notice"
        and held > MIN_NOTICE
        and not any(_CONSENT.search(s.text) for s in page.segments[box.first : box.last])
    )


def _foreign_prose(page: Page, prose: Prose) -> int:
    return sum(
        prose.within(box)
        for box in page.boxes
        if box.zone in FOREIGN and page.boxes[box.parent].zone != box.zone
    )
