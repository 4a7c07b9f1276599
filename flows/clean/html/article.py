"""Which box of a page holds its article: the one that gathers the most prose and the least of everything else.

Every segment weighs for or against; a box weighs what its segments weigh. Whether a zone (zones.py) holds is settled here too:
a zone that holds much of the page's prose is a template's odd name, no zone.
"""

from __future__ import annotations

import re
from itertools import accumulate

from flows.clean.html.segments import HEADINGS, Box, Page, Segment
from flows.clean.html.zones import most_prose
from flows.clean.metadata.words import letters

PROSE_LENGTH = 60
"""Characters from which an unlinked block counts as prose; a third of it in scripts without spaces, where a letter is a word."""

ZONE_SHARE = 0.4
"""A zone that holds more than this share of the page's prose is not one."""

W_ZONE, W_LINKED, W_SHORT, W_BODY, S_BODY, S_ANY = 0.25, 0.5, 0.1, 0.2, 0.75, 0.92
CARD_SEGMENTS, CARD_PROSE, CARD_ROW = 6, 400, 3
"""A card has at most so many segments and characters of prose, and a row of cards at least so many of them."""

APPENDED_LENGTH = 300
"""Characters of prose that make an `<article>` element an article, not a card."""

NOTICE_LENGTH = 300
"""Characters of prose from which a notice about consent must speak of it."""

_CONSENT = re.compile(r"cookie|consent|privacy|datenschutz|einwillig|tracking|third part|gdpr|personal data|données|datos personales|extern", re.I)

LEAVES = frozenset({"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "tr", "caption", "summary", "figcaption"})
"""Blocks that hold a paragraph, never an article."""

FOREIGN = frozenset({"cookie_notice", "comment_prompt"})
"""Zones whose texts can be longer than the article's: they are believed however much they hold,"""

FOREIGN_SHARE = 0.9
"""unless they hold next to all of the page."""

_DENSE_SCRIPT = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SENTENCE_END = re.compile(r"[.!?…。！？:;][\"'”’»)\]]*$")


def is_prose(segment: Segment) -> bool:
    """Whether a segment reads like running text: long enough, little of it linked, no heading."""
    size = len(segment.text)
    if segment.tag in HEADINGS or segment.linked * 2 > size:
        return False
    return size >= PROSE_LENGTH or (size >= PROSE_LENGTH // 3 and bool(_DENSE_SCRIPT.search(segment.text)))


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does, closing quotes and brackets aside."""
    return bool(_SENTENCE_END.search(text))


def prose_weights(page: Page) -> list[int]:
    """Each segment's characters of prose, outside links; 0 for all others."""
    return [len(s.text) - s.linked if is_prose(s) else 0 for s in page.segments]


def headline_of(page: Page, title: str | None) -> int:
    """Return the segment that is the headline: the heading that says the title, else the first `<h1>`; -1 where there is neither."""
    wanted = letters(title or "")
    first = -1
    for at, segment in enumerate(page.segments):
        if segment.tag in HEADINGS and not page.is_hidden(segment):
            if wanted and letters(segment.text) == wanted:
                return at
            if first < 0 and segment.tag == "h1":
                first = at
    return first


def effective_zones(page: Page, prose: list[int], headline: int = -1) -> list[str | None]:
    """The zone that holds for each box: its own or its parent's, unless it holds too much of the page's prose. Outermost wins.

    A box that holds the headline and prose after it is no zone of talk, teasers or notices either, whatever it is called.

    Where a zone is cancelled, the same word on boxes inside it says nothing either: there it is the name of the layout.
    """
    sums = [0, *accumulate(prose)]
    held = [sums[box.last] - sums[box.first] for box in page.boxes]
    foreign = sum(h for box, h in zip(page.boxes, held, strict=True) if box.zone in FOREIGN and page.boxes[box.parent].zone != box.zone)
    limit = ZONE_SHARE * max(sums[-1] - foreign, sums[-1] * 0.1)
    cards = find_cards(page, prose)
    holds = most_prose()
    zones: list[str | None] = []
    void: list[frozenset[str]] = []
    for box, prose_held, is_card in zip(page.boxes, held, cards, strict=True):
        inherited, names = (zones[box.parent], void[box.parent]) if box.parent >= 0 else (None, frozenset())
        own = "other_stories" if is_card else None if box.zone == "body" else box.zone
        if own is not None and inherited is None:
            name = f"{own} {_first_word(box)}"
            if name in names:
                own = None
            elif (
                prose_held > min(FOREIGN_SHARE * sums[-1] if own in FOREIGN else limit, holds.get(own, sums[-1]))
                or (box.first <= headline < box.last and prose_held and own not in ("hidden", "navigation"))
                or (own == "cookie_notice" and prose_held > NOTICE_LENGTH and not _speaks_of_consent(page, box))
            ):
                own, names = None, names | {name}
        zones.append(inherited or own)
        void.append(names)
    return zones


def _speaks_of_consent(page: Page, box: Box) -> bool:
    return any(_CONSENT.search(s.text) for s in page.segments[box.first : box.last])


def _first_word(box: Box) -> str:
    """The first word of a box's class, which in most naming schemes is the name of the component it belongs to."""
    return re.split(r"[^A-Za-z]+", box.node.get("class") or box.node.get("id") or box.tag, maxsplit=1)[0]


def find_cards(page: Page, prose: list[int]) -> list[bool]:
    """Mark the boxes that are cards in a row of cards: a linked headline, a line or two of summary, and siblings made the same way."""
    rows: dict[tuple[int, str, str], list[int]] = {}
    in_body = bodies(page)
    for index, box in enumerate(page.boxes):
        if 1 < box.last - box.first <= CARD_SEGMENTS and _is_card(page.segments[box.first : box.last], prose[box.first : box.last]):
            rows.setdefault((box.parent, box.tag, _first_word(box)), []).append(index)
    marks = [False] * len(page.boxes)
    most = ZONE_SHARE * sum(prose)
    for members in rows.values():
        held = sum(sum(prose[page.boxes[i].first : page.boxes[i].last]) for i in members)
        after = page.boxes[members[-1]].last
        rest = sum(prose[page.boxes[members[0]].first : after]) - held  # what stands between the cards
        is_tail = not in_body[members[0]] or rest + _body_after(page, prose, members[0], after) <= 0.1 * sum(prose[: page.boxes[members[0]].first])
        if len(members) >= CARD_ROW and held <= most and is_tail:
            for index in members:
                marks[index] = True
    return marks


def _body_after(page: Page, prose: list[int], index: int, after: int) -> int:
    """Characters of prose that follow a row of cards in the same body."""
    while index >= 0 and page.boxes[index].zone != "body":
        index = page.boxes[index].parent
    return sum(prose[after : page.boxes[index].last]) if index >= 0 else 0


def bodies(page: Page) -> list[bool]:
    """Which boxes lie in (or are) an element whose name says that it is the article's body."""
    marks: list[bool] = []
    for box in page.boxes:
        marks.append(box.zone == "body" or (box.parent >= 0 and marks[box.parent]))
    return marks


def _is_card(segments: list[Segment], prose: list[int]) -> bool:
    pointers = [s for s in segments if len(s.text) >= 15 and s.linked >= 0.9 * len(s.text)]
    return bool(pointers) and sum(prose) <= CARD_PROSE and sum(p > 0 for p in prose) <= 1 and len(pointers) <= 2


def segment_weight(segment: Segment, prose: int, zone: str | None, is_body: bool) -> float:
    """What a segment says for (positive) or against (negative) the box that holds it being the article."""
    size = len(segment.text)
    if zone:
        return -W_ZONE * size
    if prose:
        return float(prose if _SENTENCE_END.search(segment.text) else prose * 0.7)
    if segment.linked * 2 > size:
        return 0.0 if size - segment.linked > PROSE_LENGTH else -W_LINKED * size
    if segment.tag in HEADINGS:
        return 0.0
    return W_BODY * size if is_body else -W_SHORT * size


def find_article(page: Page, prose: list[int], zones: list[str | None], headline: int = -1) -> int:
    """Return the index of the box that holds the article; -1 where no box holds any prose."""
    in_body = bodies(page)
    weights = [
        segment_weight(s, p, zones[s.box] if s.box >= 0 else None, s.box >= 0 and in_body[s.box])
        for s, p in zip(page.segments, prose, strict=True)
    ]
    sums = [0.0, *accumulate(weights)]
    best, most = -1, 0.0
    scores = [sums[box.last] - sums[box.first] for box in page.boxes]
    for index, (box, score) in enumerate(zip(page.boxes, scores, strict=True)):
        if zones[index] == "hidden" or box.tag in LEAVES:
            continue
        if score > most or (score == most and best >= 0 and box.depth > page.boxes[best].depth):
            best, most = index, score
    if best < 0:
        return best
    inner = best
    for index in range(best + 1, len(page.boxes)):
        box = page.boxes[index]
        if box.first >= page.boxes[best].last:
            break
        share = S_BODY if box.zone == "body" or box.tag == "article" else S_ANY
        if box.tag not in LEAVES and box.depth > page.boxes[inner].depth and scores[index] >= share * most and zones[index] is None:
            inner = index
    return _first_of_several(page, prose, zones, inner, headline)


def _first_of_several(page: Page, prose: list[int], zones: list[str | None], chosen: int, headline: int) -> int:
    """Where the chosen box holds several `<article>`s, as pages without end do, the one under the headline; else the box itself."""
    outer = page.boxes[chosen]
    own, others = -1, 0
    for index in range(chosen + 1, len(page.boxes)):
        box = page.boxes[index]
        if box.first >= outer.last:
            break
        if box.tag != "article" or zones[index]:
            continue
        if box.first <= headline < box.last:
            own = index
        elif own >= 0 and box.first >= page.boxes[own].last and sum(prose[box.first : box.last]) >= APPENDED_LENGTH:
            others += 1
    return own if others and sum(prose[page.boxes[own].first : page.boxes[own].last]) >= APPENDED_LENGTH else chosen
