"""Stretches between quotation marks, by the pairs of marks that a language uses.

Here: which mark opens, which closes, paragraphs that reopen a quotation, marks that nothing closes.
Not here: speech after a dash (`dashes`), whether the words are a quotation (`filters`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from flows.annotate.languages.load import Language
from flows.annotate.quotes.marked import Marked, stripped

# Pairs that any language may use, after its own.
COMMON = ("“”", "«»", "„“", "„”", '„"', '""', "「」", "『』", "‹›", "＂＂")
# Characters of a quotation that nothing closes; longer ones are typing errors.
MAX_UNCLOSED = 1500
# Characters of a quotation whose opening mark is missing.
MAX_UNOPENED = 400
# Characters over which a quotation may run through paragraphs.
MAX_RUNNING = 12_000
# Marks in a paragraph that may be read again because one before them was never closed.
MAX_RETRIES = 4
SINGLES = frozenset("‘’‚'‹›")
_TYPED = re.compile(r",,(?=\w)")
"""The mark „ typed as two commas."""
_SPACE = " \t\r\n\u00a0\u202f\u2009"
_ROOM_BEFORE = _SPACE + "([{<—–―-/:;,.|*…>¿¡!?\u200b\ufeff،؛؟。，、：；（"


@dataclass(frozen=True, slots=True)
class _Pairs:
    """`closers` gives the marks that close each opening mark, `pattern` finds any mark."""

    closers: dict[str, frozenset[str]]
    all_closers: frozenset[str]
    pattern: re.Pattern[str]


@cache
def _pairs(language: Language) -> _Pairs:
    closers: dict[str, set[str]] = {}
    for pair in language.marks:
        closers.setdefault(pair[0], set()).add(pair[1])
    for pair in (*COMMON, *language.title_marks):
        opening, closing = pair[0], pair[1]
        # a common pair does not turn the meaning of a mark that the language uses
        is_turned = any(own[1] == opening != own[0] for own in language.marks)
        if not is_turned or opening in closers:
            closers.setdefault(opening, set()).add(closing)
    known = frozenset(closers).union(*closers.values())
    return _Pairs(
        {mark: frozenset(some) for mark, some in closers.items()},
        frozenset().union(*closers.values()),
        re.compile("[" + "".join(map(re.escape, sorted(known))) + "]"),
    )


@dataclass(slots=True)
class _Open:
    """A mark that is open: where, which closers it has, since which paragraph."""

    mark: str
    at: int
    paragraphs: int = 1


def find_marked(text: str, spans: Sequence[tuple[int, int]], language: Language) -> list[Marked]:
    """Return the outermost stretches between marks in order; `spans` are the paragraphs."""
    pairs = _pairs(language)
    if "„" in pairs.closers:
        text = _TYPED.sub(" „", text)  # as many characters
    found: list[Marked] = []
    running: _Open | None = None
    for number, (start, end) in enumerate(spans):
        if running is not None and end - running.at > MAX_RUNNING:
            running = None
        marks = [m.start() for m in pairs.pattern.finditer(text, start, end)]
        if not marks:
            running = None
            continue
        if running is not None:
            reopened = _reopens(text, start, marks[0], running, pairs)
            stack = [_Open(running.mark, running.at, running.paragraphs + 1)]
            position = 1 if reopened else 0
        else:
            stack, position = [], 0
        running = None
        following = spans[number + 1] if number + 1 < len(spans) else None
        for _ in range(MAX_RETRIES):
            position = _pair(text, marks, position, stack, pairs, found, start)
            if not stack:
                break
            first = stack[0]
            if following is not None and _opens_paragraph(text, following, first, pairs):
                running = _Open(first.mark, first.at, first.paragraphs)
                break
            leads = not text[max(0, first.at - 3) : first.at].strip(_SPACE) or (
                text[: first.at].rstrip(_SPACE)[-1:] in ":,：，.?!\n"
            )
            later = next((i for i, at in enumerate(marks) if at > first.at), len(marks))
            if leads and len(stack) == 1 and end - first.at <= MAX_UNCLOSED * first.paragraphs:
                found.append(_marked(text, first, end, end, closed=False))
                break
            stack, position = [], later
    return found


def _pair(
    text: str,
    marks: list[int],
    position: int,
    stack: list[_Open],
    pairs: _Pairs,
    found: list[Marked],
    start: int,
) -> int:
    """Pair the marks from `position` on; what stays open is left on `stack`."""
    for at in marks[position:]:
        mark = text[at]
        if _is_apostrophe(text, at, mark):
            continue
        if at == marks[0] and not stack and _closes_first(text, at, start, pairs):
            found.append(_marked(text, _Open(mark, start - 1), at, at + 1, closed=False))
            continue
        if (
            stack
            and mark in pairs.closers[stack[-1].mark]
            and _may_close(text, at, stack[-1], pairs)
        ):
            opened = stack.pop()
            if not stack:
                found.append(_marked(text, opened, at, at + 1))
        elif _may_open(text, at, mark, bool(stack), pairs):
            stack.append(_Open(mark, at))
        elif len(stack) > 1 and mark in pairs.closers[stack[0].mark]:
            opened = stack[0]
            stack.clear()
            found.append(_marked(text, opened, at, at + 1))
    return len(marks)


def _closes_first(text: str, at: int, start: int, pairs: _Pairs) -> bool:
    """Whether the first mark of a paragraph closes what it opened with: its opening mark is
    missing.
    """
    return (
        text[at] in pairs.all_closers
        and text[at] not in "’'‘"
        and at - start <= MAX_UNOPENED
        and (text[at] == "»" or text[at - 1 : at].strip() != "")
        and text[at + 1 : at + 2] == ","
    )


def _is_apostrophe(text: str, at: int, mark: str) -> bool:
    if mark not in "’'‘":
        return (
            mark in '"״'
            and text[at - 1 : at].isalpha()
            and text[at + 1 : at + 2].isalpha()
            and (text[at - 1] >= "\u0590" and text[at - 1] <= "\u05ff")
        )
    return (text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum()) or (
        mark != "‘" and text[at - 1 : at] in _SPACE and text[at + 1 : at + 3] in ("s ", "t ", "n ")
    )


def _may_open(text: str, at: int, mark: str, inside: bool, pairs: _Pairs) -> bool:
    if mark not in pairs.closers:
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if after == "" or after == "\n":
        return False
    is_free = not before or before in _ROOM_BEFORE or before in pairs.closers
    if mark in "「『《〈":
        return True
    if mark in "“„«" and mark not in pairs.all_closers:
        return is_free or not before.isspace()
    if after in _SPACE and mark not in "«»":
        return False
    if before > "\u2e80" and mark == "“":
        return True
    if mark == "«" or mark == "»":
        return is_free and not (mark == "»" and after in _SPACE)
    return is_free


def _may_close(text: str, at: int, opened: _Open, pairs: _Pairs) -> bool:
    mark = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark not in pairs.closers:  # a mark that only closes
        return mark not in "’'" or not after.isalnum()
    if at == opened.at + 1:
        return False
    if before in _SPACE and not (after in _SPACE or not after.isalnum()):
        return False
    if mark != opened.mark and mark in "“" and before in _SPACE:
        return False
    return not before.isspace() or mark in "«»" or not after.isalnum()


def _reopens(text: str, start: int, first: int, running: _Open, pairs: _Pairs) -> bool:
    """Whether the first mark of a paragraph, at `first`, repeats the one that is open."""
    mark = text[first]
    return not text[start:first].strip() and (
        mark == running.mark or mark in pairs.closers[running.mark]
    )


def _opens_paragraph(text: str, span: tuple[int, int], opened: _Open, pairs: _Pairs) -> bool:
    """Whether a paragraph begins with the mark that is open, or with its closing one."""
    first = text[span[0]]
    rest = text[span[0] + 1 : span[0] + 2]
    return first == opened.mark or (first in pairs.closers[opened.mark] and bool(rest.strip(".,;")))


def _marked(
    text: str, opened: _Open, inner_end: int, outer_end: int, *, closed: bool = True
) -> Marked:
    start = opened.at + 1
    outer = max(opened.at, 0) if text[opened.at : start] == opened.mark else start
    start, end = stripped(text, start, inner_end)
    family = "single" if opened.mark in SINGLES else "double"
    return Marked(start, end, outer, outer_end, family, closed, opened.paragraphs)


def outermost(found: Sequence[Marked]) -> Iterator[Marked]:
    """Yield the stretches that lie in no earlier one."""
    last = -1
    for mark in sorted(found, key=lambda m: (m.outer_start, -m.outer_end)):
        if mark.outer_start >= last and mark.end > mark.start:
            yield mark
            last = mark.outer_end
