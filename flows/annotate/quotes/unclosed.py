"""Where a quotation ends whose closing mark is missing or mistyped: at another mark, at its
attribution, or with its paragraph.

Not here: marks that pair as they should (`double_marks`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.annotate.quotes.marked import Marked, stripped

# A mark left open is taken to close at its paragraph's end; past this many characters it is a
# typing error, not a quotation.
MAX_UNCLOSED = 1500

_DOUBLED = re.compile(r"(?<=\S)(?:’’|'')(?!\w)")
_SINGLE_FOR_DOUBLE = re.compile(r"(?<=[.,?!])['’](?=\s|\Z)")
_SINGLE_OPENS = re.compile(r"‘|(?<![^\s(])'(?=\w)")
_LAST_WORDS = re.compile(
    r",(?=\s(?:[A-Z]\w+\s){1,3}(?:said|says|added|told\s(?:the\s)?\w+)"
    r"(?:\s(?:on|in|at)\s[^.?!,“”\"]*)?[.?!]\s*\Z)"
)
_ATTRIBUTION = re.compile(
    r",\s(?=(?:said|says|added)\s(?:[a-z-]+\s){0,3}[A-Z]"
    r"|(?:he|she|they|(?:[A-Z]\w+\s){0,2}[A-Z]\w+)\s(?:said|says|added)\b)"
)


def mistyped_close(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the first mark in `start:end` that stands for the double one which closes: two single
    ones, or one behind a stop.

    None where a single mark opens before it: then it closes that one.
    """
    found = _DOUBLED.search(text, start, end) or _SINGLE_FOR_DOUBLE.search(text, start, end)
    return (
        found.span()
        if found is not None and not _SINGLE_OPENS.search(text, start, found.start())
        else None
    )


def forgotten_close(text: str, start: int, end: int) -> int | None:
    """Return where a quotation ends that nothing closes though its paragraph ends with its
    attribution: "..., Ada Quill said.".
    """
    found = _LAST_WORDS.search(text[start:end])
    return start + found.end() if found is not None else None


def unclosed(text: str, outer_start: int, end: int, count: int) -> Iterator[Marked]:
    """Yield the quotation of `count` paragraphs whose closing mark is missing, where it looks like
    one.

    It looks like one where it begins its paragraph or follows a colon, a comma or a stop.
    """
    before = text[:outer_start][-3:].rstrip(" \u00a0")
    leads = not before or before[-1] in ":,.?!\n"
    if not leads or not 0 < end - outer_start - 1 <= MAX_UNCLOSED * count:
        return
    attribution = _ATTRIBUTION.search(text, outer_start + 1, end)
    if attribution is not None:
        end = attribution.start() + 1
    marked = between(text, outer_start, end, end, closed=False, paragraphs=count)
    if marked.end > marked.start:
        yield marked


def between(
    text: str,
    outer_start: int,
    inner_end: int,
    outer_end: int,
    *,
    closed: bool = True,
    paragraphs: int = 1,
) -> Marked:
    """Return the stretch between the double mark at `outer_start` and `inner_end`, white space at
    its ends left out.
    """
    start, end = stripped(text, outer_start + 1, inner_end)
    return Marked(start, end, outer_start, outer_end, "double", closed, paragraphs)
