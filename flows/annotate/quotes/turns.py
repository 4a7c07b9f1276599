"""A conversation printed as one running quotation: each turn behind its speaker's label ("QUILL:
No.") is a quotation of its own.

Not here: turns without marks (`indirect`), whose the label is (`speakers`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace

from flows.annotate.quotes.marked import Marked

_LABEL = re.compile(r"[\"“„»«]?\s*[A-Z][A-Z.’'\-]+(?:\s[A-Z][A-Z.’'\-]+){0,2}:\s+(?=\S)")
_ASIDE = re.compile(r"[\"“„»«]?\s*[(\[][^()\[\]\n]*[)\]][.\"”]?\s*\Z")


def split_turns(text: str, mark: Marked, spans: list[tuple[int, int]]) -> Iterator[Marked]:
    """Yield the labelled turns of `mark`, or `mark` itself where no paragraph after its first has a
    label; `spans` are the paragraphs.

    A turn's label stays outside; paragraphs that are nothing but an aside in brackets end a turn
    and belong to none.
    """
    first, last = (
        bisect_right(spans, (mark.outer_start, len(text))) - 1,
        bisect_left(spans, (mark.end, 0)),
    )
    inside = [
        (max(start, mark.outer_start), min(end, mark.end))
        for start, end in spans[max(0, first) : last]
    ]
    labels = [_LABEL.match(text, start, end) for start, end in inside]
    if not any(labels[1:]):
        yield mark
        return
    turn: Marked | None = None
    for (start, end), label in zip(inside, labels, strict=True):
        aside = _ASIDE.match(text[start:end]) is not None
        if turn is not None and (label or aside):
            yield turn
            turn = None
        if turn is not None:
            turn = replace(turn, end=end, outer_end=end, paragraphs=turn.paragraphs + 1)
        elif not aside:
            at = label.end() if label else start + 1
            turn = Marked(at, end, at, end, mark.family)
    if turn is not None:
        yield replace(turn, outer_end=mark.outer_end)
