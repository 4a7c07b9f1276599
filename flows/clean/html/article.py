"""Which box of a page holds its article: the one that gathers the most prose and the least of
everything else.

Every segment weighs for or against; a box weighs what its segments weigh.
"""

from __future__ import annotations

from itertools import accumulate

from flows.clean.html.elements import HEADINGS
from flows.clean.html.prose import MIN_PROSE, Prose, ends_sentence
from flows.clean.html.segments import Page, Segment

# What a character weighs; prose that ends as a sentence does weighs 1. Figures within a factor of
# two of these give the same boxes.
OF_PROSE_WITHOUT_END = 0.7
OF_ZONES = -0.25
OF_LINKS = -0.5
OF_SHORT_LINES = -0.1
OF_SHORT_LINES_IN_BODY = 0.2

MIN_INNER_SHARE, MIN_NAMED_SHARE = 0.92, 0.75
"""A box inside the heaviest is taken instead where it weighs this share of it; less is asked of one
that is named for the body.
"""

MIN_APPENDED = 300
"""Characters of prose that make an `<article>` element an article, not a card."""

MIN_SECTION = 150
"""Characters of prose in a further section of an article."""

LEAVES = HEADINGS | {"p", "li", "dt", "tr", "caption", "summary", "figcaption"}
"""Blocks that hold a paragraph, never an article."""


def find_article(page: Page, prose: Prose, zones: list[str | None], headline: int = -1) -> int:
    """Return the index of the box that holds the article; -1 where no box holds any prose."""
    weights = _box_weights(page, prose, zones)
    best, most = -1, 0.0
    for index, weight in enumerate(weights):
        box = page.boxes[index]
        if (
            zones[index] != "hidden"
            and box.tag not in LEAVES
            and (weight > most or (weight == most > 0 and box.depth > page.boxes[best].depth))
        ):
            best, most = index, weight
    if best < 0:
        return best
    inner = best
    for index in range(best + 1, len(page.boxes)):
        box = page.boxes[index]
        if box.first >= page.boxes[best].last:
            break
        share = MIN_NAMED_SHARE if box.zone == "body" or box.tag == "article" else MIN_INNER_SHARE
        is_deeper = (
            box.tag not in LEAVES and box.depth > page.boxes[inner].depth and zones[index] is None
        )
        if is_deeper and weights[index] >= share * most:
            inner = index
    inner = _with_sections(page, prose, zones, inner)
    return _first_of_several(page, prose, zones, inner, headline)


def _with_sections(page: Page, prose: Prose, zones: list[str | None], chosen: int) -> int:
    """The parent of the chosen box where it holds further sections of the article: boxes beside the
    chosen one, alike in element and component, with paragraphs of their own.
    """
    box = page.boxes[chosen]
    if box.parent < 0 or zones[box.parent] is not None:
        return chosen
    alike = [
        other
        for index, other in enumerate(page.boxes)
        if other.parent == box.parent
        and index != chosen
        and zones[index] is None
        and other.tag == box.tag
        and other.tag not in LEAVES | {"article"}
        and bool(other.attributes.get("class"))
        and other.attributes.get("class") == box.attributes.get("class")
        and prose.within(other) >= (1 if other.zone == "body" else MIN_SECTION)
    ]
    return box.parent if alike and box.tag != "article" else chosen


def _box_weights(page: Page, prose: Prose, zones: list[str | None]) -> list[float]:
    in_body: list[bool] = []
    for box in page.boxes:
        in_body.append(box.zone == "body" or (box.parent >= 0 and in_body[box.parent]))
    sums = [
        0.0,
        *accumulate(
            _weight(s, p, zones[s.box], in_body[s.box])
            for s, p in zip(page.segments, prose.of, strict=True)
        ),
    ]
    return [sums[box.last] - sums[box.first] for box in page.boxes]


def _weight(segment: Segment, prose: int, zone: str | None, is_body: bool) -> float:
    """What a segment says for (positive) or against (negative) the box that holds it being the
    article.
    """
    size = len(segment.text)
    if zone:
        return OF_ZONES * size
    if prose:
        return prose if ends_sentence(segment.text) else OF_PROSE_WITHOUT_END * prose
    if segment.linked * 2 > size:
        return 0.0 if size - segment.linked > MIN_PROSE else OF_LINKS * size
    if segment.tag in HEADINGS:
        return 0.0
    return (OF_SHORT_LINES_IN_BODY if is_body else OF_SHORT_LINES) * size


def _first_of_several(
    page: Page, prose: Prose, zones: list[str | None], chosen: int, headline: int
) -> int:
    """Where the chosen box holds several `<article>`s, as pages without end do, the one under the
    headline; else the box itself.
    """
    own, has_more = -1, False
    for index in range(chosen + 1, len(page.boxes)):
        box = page.boxes[index]
        if box.first >= page.boxes[chosen].last:
            break
        if box.tag != "article" or zones[index] or prose.within(box) < MIN_APPENDED:
            continue
        if box.first <= headline < box.last:
            own = index
        elif own >= 0 and box.first >= page.boxes[own].last:
            has_more = True
    return own if has_more else chosen
