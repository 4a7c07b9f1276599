"""A stretch of text between two marks, and the paragraphs in which marks are paired.

Not here: the pairing (`double_marks`, `single_marks`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

# A text whose longest line is no longer than this is wrapped at a fixed width: single line breaks
# are not paragraphs.
WRAPPED_WIDTH = 90
# A quotation that runs on longer than this is two marks that do not belong together (the longest in
# print are whole letters).
MAX_RUNNING = 12_000

_BACKQUOTES = re.compile(r"``(?=[^\s`])")
_CLOSING = re.compile(r"(?<=[^\s'])''(?![\w'])")
_TYPEWRITTEN = re.compile(r"''[^\n]*?(?:''|\n|\Z)")
_BREAK = re.compile(r"\n[ \t\r\f\v\u00a0]*(?:\n\s*)*")
_BLANK_LINE = re.compile(r"\n[ \t\r\f\v\u00a0]*\n\s*")
_OPENING_BEFORE = frozenset(" \t\r\n\u00a0\u2009\u202f([{<—–―-/:;,.|*…>\u200b\ufeff")


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch between marks: `start:end` without them, `outer_start:outer_end` with them.

    `family` is "double" or "single"; `paragraphs` counts the paragraphs it runs over; `closed` is
    False where the closing mark is missing.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    family: str
    closed: bool = True
    paragraphs: int = 1


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each paragraph that holds more than white space; single line
    breaks count unless lines are wrapped.
    """
    longest = max(map(len, text.split("\n")), default=0)
    wrapped = (
        longest <= WRAPPED_WIDTH and text.count("\n") > 3 and _BLANK_LINE.search(text) is not None
    )
    spans, start = [], 0
    for found in (_BLANK_LINE if wrapped else _BREAK).finditer(text):
        if text[start : found.start()].strip():
            spans.append((start, found.start()))
        start = found.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the characters `start:end` without the white space at both ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def opens_at(text: str, at: int, end: int) -> bool:
    """Whether a mark at `at:end` has room before it and none behind it."""
    return (
        (at == 0 or text[at - 1] in _OPENING_BEFORE) and end < len(text) and not text[end].isspace()
    )


def closes_at(text: str, at: int, end: int) -> bool:
    """Whether a mark at `at:end` sticks to what is before it and not to a word behind it."""
    return at > 0 and not text[at - 1].isspace() and (end >= len(text) or not text[end].isalnum())


def without_backquotes(text: str) -> str:
    """Return the text with a double mark and a space for two backquotes and for the two apostrophes
    that close them (``so''), as typesetters and old wires write; all offsets stay.
    """
    return _CLOSING.sub('" ', _BACKQUOTES.sub(' "', text)) if "``" in text else text


def typewritten(text: str) -> list[tuple[int, int]]:
    """Return the stretches between doubled apostrophes (''so''), within one line each: quoted,
    though by marks that are left alone.
    """
    return [found.span() for found in _TYPEWRITTEN.finditer(text)] if "''" in text else []


def lies_in(spans: list[tuple[int, int]], offset: int) -> bool:
    """Whether `offset` lies in one of the `spans`, which are in order."""
    at = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return at >= 0 and offset < spans[at][1]
