"""Pairs of double marks: curly, straight, angled, low-high; quotations that run over paragraphs.

Not here: single marks (`single_marks`), where a quotation ends that nothing closes (`unclosed`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.annotate.quotes.marked import MAX_RUNNING, Marked, closes_at, opens_at
from flows.annotate.quotes.unclosed import between, forgotten_close, mistyped_close, unclosed

_MARK = re.compile(r"[\"“”„‟«»＂‹›]")
_CLOSES_ANGLED = {"«": "»", "»": "«", "‹": "›", "›": "‹"}


def pair_doubles(text: str, spans: list[tuple[int, int]]) -> Iterator[Marked]:
    """Yield the outermost stretches between double marks, in order; `spans` are the paragraphs."""
    running: tuple[int, int] | None = (
        # outer start of a quotation left open by the paragraph before, and its paragraphs so far
        None
    )
    running_end = 0
    for start, end in spans:
        marks = [(m.group(), m.start(), m.end()) for m in _MARK.finditer(text, start, end)]
        resumes = bool(marks) and not text[start : marks[0][1]].strip()
        if running is not None and (not resumes or end - running[0] > MAX_RUNNING):
            yield from unclosed(text, running[0], running_end, running[1])
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
                    yield between(text, running[0], at, mark_end, paragraphs=running[1] + 1)
                    running = None
                else:
                    yield between(text, opened[1], at, mark_end)
                opened = None
            elif role == "nest":
                if _closers_after(text, marks, position, opened[0]) >= 2:
                    depth += 1
                    continue
                # nothing closed the mark before, or a single one: a quotation of its own starts
                mistyped = mistyped_close(text, opened[2], at)
                if mistyped is not None:
                    yield between(text, opened[1], *mistyped)
                else:
                    yield from unclosed(text, opened[1], _last_sentence_end(text, opened[2], at), 1)
                running, opened, depth = None, (mark, at, mark_end), 0
        if opened is None:
            running = None
            continue
        goes_on = running is not None and opened[1] == marks[0][1]
        running = (
            (running[0], running[1] + 1) if goes_on and running is not None else (opened[1], 1)
        )
        running_end = end
        mistyped = mistyped_close(text, opened[2], end)
        forgotten = forgotten_close(text, opened[2], end) if mistyped is None else None
        if forgotten is not None and (running[1] > 1 or not text[start : opened[1]].strip()):
            yield between(
                text, running[0], forgotten, forgotten, closed=False, paragraphs=running[1]
            )
            running = None
        if mistyped is not None and running is not None:
            yield between(text, running[0], *mistyped, paragraphs=running[1])
            running = None
    if running is not None:
        yield from unclosed(text, running[0], running_end, running[1])


def _role(
    text: str, mark: str, at: int, end: int, opened: str | None, *, leads: bool = False
) -> str:
    """Say whether the double mark at `at` opens or closes ("" where it is neither), `opened` being
    the mark that is open now.

    `leads` says that the mark is the first character of its paragraph: then it opens, whichever
    way it is curled.
    """
    opens, closes = opens_at(text, at, end), closes_at(text, at, end)
    if opened is None:
        if text[at - 1 : at] == "=" or text[end : end + 1] == ">":
            return ""  # the value of an attribute in left-over markup
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
    # no space behind a closing mark: by May,”said Ana Ruiz
    glued = text[at - 1] in ",.?!" and text[end : end + 1].isalpha()
    if mark == "”" or (opened == "„" and mark in ("“", "‟")):
        return "close" if closes or not opens or glued else "nest"
    if mark == "“":
        return "close" if closes and not opens else "nest"
    if mark in ('"', "＂"):
        return "close" if closes or not opens or glued else "nest"
    return "nest"


def _is_measure(text: str, at: int) -> bool:
    """Feet and inches: a straight mark right after a digit, with nothing open."""
    return text[at - 1 : at].isdigit()


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
