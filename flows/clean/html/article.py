"""Which box of a page holds its article: the one that gathers the most prose and the least of everything else.

Every segment weighs for or against; a box weighs what its segments weigh. Whether a zone (zones.py) holds is settled here too:
a zone that holds much of the page's prose is a template's odd name, no zone.
"""

from __future__ import annotations

import re
from itertools import accumulate

from flows.clean.html.segments import HEADINGS, Page, Segment

PROSE_LENGTH = 60
"""Characters from which an unlinked block counts as prose; a third of it in scripts without spaces, where a letter is a word."""

ZONE_SHARE = 0.4
"""A zone that holds more than this share of the page's prose is not one."""

_DENSE_SCRIPT = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SENTENCE_END = re.compile(r"[.!?…。！？:;][\"'”’»)\]]*$")


def is_prose(segment: Segment) -> bool:
    """Whether a segment reads like running text: long enough, little of it linked, no heading."""
    size = len(segment.text)
    if segment.tag in HEADINGS or segment.linked * 2 > size:
        return False
    return size >= PROSE_LENGTH or (size >= PROSE_LENGTH // 3 and bool(_DENSE_SCRIPT.search(segment.text)))


def prose_weights(page: Page) -> list[int]:
    """Each segment's characters of prose, outside links; 0 for all others."""
    return [len(s.text) - s.linked if is_prose(s) else 0 for s in page.segments]


def effective_zones(page: Page, prose: list[int]) -> list[str | None]:
    """The zone that holds for each box: its own or its parent's, unless it holds too much of the page's prose. Outermost wins."""
    sums = [0, *accumulate(prose)]
    limit = ZONE_SHARE * sums[-1]
    zones: list[str | None] = []
    for box in page.boxes:
        inherited = zones[box.parent] if box.parent >= 0 else None
        own = box.zone if box.zone != "body" and (box.zone == "hidden" or sums[box.last] - sums[box.first] <= limit) else None
        zones.append(inherited or own)
    return zones


def segment_weight(segment: Segment, prose: int, zone: str | None) -> float:
    """What a segment says for (positive) or against (negative) the box that holds it being the article."""
    size = len(segment.text)
    if zone:
        return -0.25 * size
    if prose:
        return float(prose if _SENTENCE_END.search(segment.text) else prose * 0.7)
    if segment.linked * 2 > size:
        return -1.0 * size
    return 0.0 if segment.tag in HEADINGS else -0.3 * size


def find_article(page: Page, prose: list[int], zones: list[str | None]) -> int:
    """Return the index of the box that holds the article; -1 where no box holds any prose."""
    weights = [segment_weight(s, p, zones[s.box] if s.box >= 0 else None) for s, p in zip(page.segments, prose, strict=True)]
    sums = [0.0, *accumulate(weights)]
    best, most = -1, 0.0
    scores = [sums[box.last] - sums[box.first] for box in page.boxes]
    for index, (box, score) in enumerate(zip(page.boxes, scores, strict=True)):
        if zones[index] == "hidden":
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
        share = 0.75 if box.zone == "body" or box.tag == "article" else 0.92
        if box.depth > page.boxes[inner].depth and scores[index] >= share * most and zones[index] is None:
            inner = index
    return inner
