"""Where quotation marks open and close: every stretch between two marks that belong together, in every style newspapers use.

Here: pairing of curly, straight, single, angled and low-high marks within a paragraph, quotations that run over paragraphs,
and marks that were never closed. Two apostrophes for one mark (''so'') are left alone: a habit of news databases, met on one of 1,217 real pages.
Not here: whether the words are a quotation at all (`filters`), or whose they are (`speakers`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

# A mark left open is taken to close at its paragraph's end; past this many characters it is a typing error, not a quotation.
LONGEST_UNCLOSED = 1500
# A quotation that runs on longer than this is two marks that do not belong together (the longest in print are whole letters).
LONGEST_RUNNING = 12_000
# A text whose longest line is no longer than this is wrapped at a fixed width: single line breaks are not paragraphs.
WRAPPED_WIDTH = 90

_MARK = re.compile(r"(?<!')'(?!')|[\"“”„‟«»‘’‚‹›＂]")
_BREAK = re.compile(r"\n[ \t\r\f\v\u00a0]*(?:\n\s*)*")
_BLANK_LINE = re.compile(r"\n[ \t\r\f\v\u00a0]*\n\s*")
_OPENING_BEFORE = set(" \t\r\n\u00a0\u2009\u202f([{<—–―-/:;,.|*…>\u200b\ufeff")
_DOUBLE = {'"', "“", "”", "„", "‟", "«", "»", "＂"}
_CLOSES_ANGLED = {"«": "»", "»": "«", "‹": "›", "›": "‹"}
# Elisions that begin with an apostrophe and open no quotation.
_ELIDED = re.compile(r"['’‘](?:em|im|er|tis|twas|til|till|cause|bout|round|n|nother|tude|hood|fraid|\d0s|\d\d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch between marks: `start:end` without them, `outer_start:outer_end` with them.

    `family` is "double" or "single"; `paragraphs` counts the paragraphs it runs over; `closed` is False where the closing mark is missing.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    family: str
    closed: bool = True
    paragraphs: int = 1


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each paragraph that holds more than white space; single line breaks count unless lines are wrapped."""
    longest = max(map(len, text.split("\n")), default=0)
    wrapped = longest <= WRAPPED_WIDTH and text.count("\n") > 3 and _BLANK_LINE.search(text) is not None
    spans, start = [], 0
    for found in (_BLANK_LINE if wrapped else _BREAK).finditer(text):
        if text[start : found.start()].strip():
            spans.append((start, found.start()))
        start = found.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def find_marked(text: str, spans: list[tuple[int, int]]) -> list[Marked]:
    """Return the outermost marked stretches of `text` in order, `spans` being its paragraphs.

    Single marks count as quotations of their own only outside double ones.
    """
    doubles = list(_pair_doubles(text, spans))
    singles = list(_pair_singles(text, spans, doubles))
    return sorted((m for m in [*doubles, *singles] if m.end > m.start), key=lambda m: m.outer_start)


def _opens(text: str, at: int, end: int) -> bool:
    return (at == 0 or text[at - 1] in _OPENING_BEFORE) and end < len(text) and not text[end].isspace()


def _closes(text: str, at: int, end: int) -> bool:
    return at > 0 and not text[at - 1].isspace() and (end >= len(text) or not text[end].isalnum())


def _is_measure(text: str, at: int) -> bool:
    """Feet and inches: a straight mark right after a digit, with nothing open."""
    return text[at - 1 : at].isdigit()


def _role(text: str, mark: str, at: int, end: int, opened: str | None, *, leads: bool = False) -> str:
    """Say whether the double mark at `at` opens or closes ("" where it is neither), `opened` being the mark that is open now.

    `leads` tells that the mark is the first character of its paragraph: then it opens, whichever way it is curled.
    """
    opens, closes = _opens(text, at, end), _closes(text, at, end)
    if opened is None:
        glued = mark == '"' and at > 0 and text[at - 1].isalpha() and text[end : end + 1].isalpha()
        if leads or glued:
            return "open"
        if mark in ("”", "»") and not (opens and not closes):
            return "open" if mark == "»" and opens else ""
        if mark in ('"', "＂") and _is_measure(text, at):
            return ""
        return "open" if opens or mark in ("“", "„", "«", "‟") else ""
    if opened in _CLOSES_ANGLED:
        return "close" if mark == _CLOSES_ANGLED[opened] else "nest" if mark == opened else ""
    if mark in _CLOSES_ANGLED:
        return ""
    if mark == "”" or (opened == "„" and mark in ("“", "‟")):
        return "close" if closes or not opens else "nest"
    if mark == "“":
        return "close" if closes and not opens else "nest"
    if mark in ('"', "＂"):
        return "close" if closes or not opens else "nest"
    return "nest"


def _pair_doubles(text: str, spans: list[tuple[int, int]]) -> Iterator[Marked]:
    running: tuple[int, int] | None = None  # outer start of a quotation left open by the paragraph before, and its paragraphs so far
    running_end = 0
    for start, end in spans:
        marks = [(m.group(), m.start(), m.end()) for m in _MARK.finditer(text, start, end) if m.group() in _DOUBLE]
        resumes = bool(marks) and not text[start : marks[0][1]].strip()
        if running is not None and (not resumes or end - running[0] > LONGEST_RUNNING):
            yield from _unclosed(text, running[0], running_end, running[1])
            running = None
        opened: tuple[str, int, int] | None = None
        depth = 0
        for position, (mark, at, mark_end) in enumerate(marks):
            if opened is None:
                leads = position == 0 and not text[start:at].strip()
                if _role(text, mark, at, mark_end, None, leads=leads) == "open":
                    opened, depth = (mark, at, mark_end), 0
                continue
            role = _role(text, mark, at, mark_end, opened[0])
            if role == "close":
                if depth:
                    depth -= 1
                    continue
                if running is not None and opened[1] == marks[0][1]:
                    yield _marked(text, running[0], at, mark_end, paragraphs=running[1] + 1)
                    running = None
                else:
                    yield _marked(text, opened[1], at, mark_end)
                opened = None
            elif role == "nest":
                if _closers_after(text, marks, position, opened[0]) >= 2:
                    depth += 1
                    continue
                # the mark before was never closed: this one starts a quotation of its own
                yield from _unclosed(text, opened[1], _last_sentence_end(text, opened[2], at), 1)
                running, opened, depth = None, (mark, at, mark_end), 0
        if opened is not None:
            first = running is not None and opened[1] == marks[0][1]
            running = (running[0], running[1] + 1) if first and running is not None else (opened[1], 1)
            running_end = end
        else:
            running = None
    if running is not None:
        yield from _unclosed(text, running[0], running_end, running[1])


def _closers_after(text: str, marks: list[tuple[str, int, int]], position: int, opened: str) -> int:
    """Count, up to two, the closing marks that follow `position` before another one opens."""
    count = 0
    for mark, at, end in marks[position + 1 : position + 3]:
        if _role(text, mark, at, end, opened) != "close":
            break
        count += 1
    return count


def _last_sentence_end(text: str, start: int, end: int) -> int:
    last = max(text.rfind(stop, start, end) for stop in (". ", "? ", "! ", ".\n"))
    return last + 1 if last > 0 else start


def _unclosed(text: str, outer_start: int, end: int, count: int) -> Iterator[Marked]:
    """Yield the quotation whose closing mark is missing, where it looks like one: it begins its paragraph or follows a colon or comma."""
    before = text[:outer_start][-3:].rstrip(" \u00a0")
    leads = not before or before[-1] in ":,\n"
    if leads and 0 < end - outer_start - 1 <= LONGEST_UNCLOSED * count:
        marked = _marked(text, outer_start, end, end, closed=False, paragraphs=count)
        if marked.end > marked.start:
            yield marked


def _marked(text: str, outer_start: int, inner_end: int, outer_end: int, *, closed: bool = True, paragraphs: int = 1) -> Marked:
    start, end = outer_start + 1, inner_end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Marked(start, end, outer_start, outer_end, "double", closed, paragraphs)


def _pair_singles(text: str, spans: list[tuple[int, int]], doubles: list[Marked]) -> Iterator[Marked]:
    """Yield stretches between single marks that lie outside every double-marked one."""
    starts = [m.outer_start for m in doubles]
    for start, end in spans:
        opened: int | None = None
        pending: int | None = None  # a closing mark that may be a plural's apostrophe
        for found in _MARK.finditer(text, start, end):
            mark, at, mark_end = found.group(), found.start(), found.end()
            inside = bisect_right(starts, at) - 1
            if inside >= 0 and at < doubles[inside].outer_end:
                if opened is not None and pending is not None:
                    yield _single(text, opened, pending)
                opened = pending = None
                continue
            if mark not in ("'", "‘", "’", "‚", "‹", "›"):
                continue
            if opened is None:
                if mark != "’" and _opens(text, at, mark_end) and not _ELIDED.match(text, at):
                    opened = at
            elif mark in ("‘", "'", "‚") and _opens(text, at, mark_end) and not _closes(text, at, mark_end):
                if pending is not None:
                    yield _single(text, opened, pending)
                opened, pending = at, None
            elif _closes(text, at, mark_end):
                if _is_plural(text, at, mark_end):
                    pending = at if pending is None else pending
                else:
                    yield _single(text, opened, at)
                    opened = pending = None
        if opened is not None and pending is not None:
            yield _single(text, opened, pending)


def _is_plural(text: str, at: int, end: int) -> bool:
    """Whether the mark may be the apostrophe of a plural ("the workers' pay")."""
    return text[at - 1] in "sS" and text[end : end + 2].strip()[:1].islower() and text[end : end + 1] == " "


def _single(text: str, outer_start: int, at: int) -> Marked:
    return Marked(outer_start + 1, at, outer_start, at + 1, "single")
