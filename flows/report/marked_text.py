"""Cuts an annotated text into pieces that follow each other, each with all marks that cover it.
Pieces never overlap, so that nested and crossing spans give valid HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flows.annotate.model import Annotations, Quote

MAX_CUE_DISTANCE = 120
"""Characters between a quotation or its speaker and the cue: about one line of a newspaper's
sentence. A word further away belongs to another sentence.
"""

UNREADABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""What HTML may not hold or what reorders text: control characters but tab and line feed, line
separators, bidirectional overrides and isolates, halves of surrogate pairs, noncharacters.
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """One span of a text: `kind` is `quote`, `speaker`, `cue` or `entity`; `style` is the kind of
    the quotation or the label of the entity; `words` say what it is; `number` is the quotation's.
    """

    start: int
    end: int
    kind: str
    style: str
    words: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text under the same marks. `numbers` are the quotations that begin here,
    `labels` the entities that end here.
    """

    text: str
    classes: str
    words: str
    numbers: str
    labels: str


def readable(text: str) -> str:
    """Return `text` of the same length with unreadable characters replaced by U+FFFD."""
    return UNREADABLE.sub("\ufffd", text)


def marks_of(text: str, found: Annotations) -> list[Mark]:
    """Return the marks of a text: quotations (numbered from 1), speakers, cues and entities."""
    marks = []
    for number, quote in enumerate(found.quotes, 1):
        who = quote.speaker or "nobody known"
        words = f"quotation {number}, {quote.kind}, by {who}"
        marks.append(Mark(quote.start, quote.end, "quote", quote.kind, words, number))
        if quote.speaker_start is not None and quote.speaker_end is not None:
            words = f"speaker of quotation {number}: {who}"
            marks.append(Mark(quote.speaker_start, quote.speaker_end, "speaker", "", words))
        if span := cue_span(text, quote):
            marks.append(Mark(*span, "cue", "", f"cue of quotation {number}"))
    for mention in found.mentions:
        words = f"{mention.label} {mention.name}"
        marks.append(Mark(mention.start, mention.end, "entity", mention.label, words))
    return marks


def cue_span(text: str, quote: Quote) -> tuple[int, int] | None:
    """Return where the cue stands: outside the quotation, nearest to it and to its speaker. A quote
    has the cue's words without offsets; None if they are not near.
    """
    if not quote.cue:
        return None
    anchors = [(quote.start, quote.end)]
    if quote.speaker_start is not None and quote.speaker_end is not None:
        anchors.append((quote.speaker_start, quote.speaker_end))
    first = max(0, min(start for start, _ in anchors) - MAX_CUE_DISTANCE)
    last = max(end for _, end in anchors) + MAX_CUE_DISTANCE
    words = re.escape(quote.cue)
    for pattern in (rf"(?<!\w){words}(?!\w)", words):
        spans = [
            found.span()
            for found in re.compile(pattern, re.I).finditer(text, first, last)
            if _distance(found.span(), anchors[0])
        ]
        near = [s for s in spans if min(_distance(s, a) for a in anchors) <= MAX_CUE_DISTANCE]
        if near:
            return min(near, key=lambda span: sum(_distance(span, a) for a in anchors))
    return None


def _distance(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return the characters between two spans plus 1; 0 where they overlap."""
    if one[0] < other[1] and other[0] < one[1]:
        return 0
    return max(one[0] - other[1], other[0] - one[1]) + 1


def pieces_of(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """Cut `text` wherever a mark begins or ends; the pieces joined are the readable text. Marks
    outside the text and empty ones are left out.
    """
    waiting = sorted(
        (m for m in marks if 0 <= m.start < m.end <= len(text)), key=lambda m: (m.start, -m.end)
    )
    cuts = sorted({0, len(text), *(m.start for m in waiting), *(m.end for m in waiting)})
    shown = readable(text)
    pieces, active, at = [], list[Mark](), 0
    for start, end in pairwise(cuts):
        active = [mark for mark in active if mark.end > start]
        while at < len(waiting) and waiting[at].start == start:
            active.append(waiting[at])
            at += 1
        pieces.append(_piece(shown[start:end], start, end, active))
    return pieces


def _piece(text: str, start: int, end: int, active: Sequence[Mark]) -> Piece:
    classes = {name: None for mark in active for name in (mark.kind, mark.style) if name}
    begun = (m.number for m in active if m.start == start and m.number is not None)
    ended = (m.style for m in active if m.end == end and m.kind == "entity")
    return Piece(
        text,
        " ".join(classes),
        readable(" · ".join(dict.fromkeys(mark.words for mark in active))),
        " ".join(map(str, begun)),
        " ".join(ended),
    )
