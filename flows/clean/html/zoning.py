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

FOREIGN, MAX_FOREIGN_SHARE = frozenset({"cookie_notice", "comment_prompt", "comments"}), 0.9
"""Zones whose texts can be longer than the article's: they are believed unless they hold next to
all of the page.
"""

MIN_BASE = 0.1
"""The share of the page's prose that is taken for the article's at least, however much is
foreign.
"""

STORY_ZONES = ("image_caption", "hidden")
MIN_STORY, MIN_STORY_SHARE = 600, 0.8
"""Characters of prose in all zones of one name, and their share of the page's prose, from which
they are the story.
"""

MAX_MENU_PROSE = 400
"""Characters of prose from which a plain container is no menu, whatever its class."""

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
    stories = _story_zones(page, prose)
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
            elif own in stories or _is_cancelled(
                page, prose.within(box), box, own, limit, headline
            ):
                own, names = None, names | {name}
        zones.append(inherited or own)
        void.append(names)
    return zones


def _story_zones(page: Page, prose: Prose) -> frozenset[str]:
    """Zones that hold the story itself: captions of a gallery, sections shown one by one.

    Such a page has next to no prose outside of them, and much inside.
    """
    held = dict.fromkeys(STORY_ZONES, 0)
    for box in page.boxes:
        if box.zone == "hidden" and next(box.node.iter("input", "form"), None) is not None:
            continue
        if box.zone in held and (box.parent < 0 or page.boxes[box.parent].zone != box.zone):
            held[box.zone] += prose.within(box)
    return frozenset(
        zone
        for zone, characters in held.items()
        if characters >= MIN_STORY
        and characters >= MIN_STORY_SHARE * prose.total
        and prose.total - characters < MIN_STORY
    )


def _is_cancelled(page: Page, held: int, box: Box, zone: str, limit: float, headline: int) -> bool:
    if held > limit:
        return True
    if zone == "navigation" and held > MAX_MENU_PROSE and _is_text(page, box):
        return True
    if held and box.first <= headline < box.last and zone not in ("hidden", "navigation"):
        return True
    return (
        zone == "cookie_notice"
        and held > MIN_NOTICE
        and not any(_CONSENT.search(s.text) for s in page.segments[box.first : box.last])
    )


def _is_text(page: Page, box: Box) -> bool:
    """Whether an element in an article's column is a plain container of text, named for its looks,
    not a menu or a form.
    """
    if box.tag not in ("div", "section", "p"):
        return False
    if next(box.node.iter("input", "form", "dialog", "nav", "button"), None) is not None:
        return False
    at = box.parent
    while at >= 0:
        if page.boxes[at].zone == "body" or page.boxes[at].tag == "article":
            return True
        at = page.boxes[at].parent
    return False


def _foreign_prose(page: Page, prose: Prose) -> int:
    return sum(
        prose.within(box)
        for box in page.boxes
        if box.zone in FOREIGN and page.boxes[box.parent].zone != box.zone
    )
