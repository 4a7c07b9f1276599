"""Pairs of single marks, the British style and that of headlines, told from apostrophes.

Not here: double marks (`double_marks`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from flows.annotate.quotes.marked import MAX_RUNNING, Marked, closes_at, opens_at

_MARK = re.compile(r"['‘’‚]")
# Elisions that begin with an apostrophe and open no quotation.
_ELIDED = re.compile(
    r"['’‘](?:em|im|er|tis|twas|til|till|cause|bout|round|n|nother|tude|hood|fraid|\d0s|\d\d)\b",
    re.IGNORECASE,
)


def pair_singles(
    text: str, spans: list[tuple[int, int]], doubles: list[Marked]
) -> Iterator[Marked]:
    """Yield stretches between single marks that lie outside every double-marked one."""
    starts = [m.outer_start for m in doubles]
    left: tuple[int, int] | None = (
        # outer start of a quotation left open by the paragraph before, and its paragraphs so far
        None
    )
    for number, (start, end) in enumerate(spans):
        resumes = number + 1 < len(spans) and text[spans[number + 1][0]] == "‘"
        opened: int | None = None
        pending: int | None = None  # a closing mark that may be a plural's apostrophe
        running, left = (
            (left if left is not None and end - left[0] <= MAX_RUNNING else None),
            None,
        )
        for found in _MARK.finditer(text, start, end):
            mark, at, mark_end = found.group(), found.start(), found.end()
            if mark == "'" and (text[at - 1 : at] == "'" or text[mark_end : mark_end + 1] == "'"):
                continue
            inside = bisect_right(starts, at) - 1
            if inside >= 0 and at < doubles[inside].outer_end:
                if opened is not None and pending is not None:
                    yield _single(opened, pending)
                opened = pending = None
                continue
            if opened is None:
                if mark != "’" and opens_at(text, at, mark_end) and not _ELIDED.match(text, at):
                    opened = at
            elif (
                mark in ("‘", "'", "‚")
                and opens_at(text, at, mark_end)
                and not closes_at(text, at, mark_end)
            ):
                if pending is not None:
                    yield _single(opened, pending)
                opened, pending, running = at, None, None
            elif closes_at(text, at, mark_end):
                if _is_plural(text, at, mark_end):
                    pending = at if pending is None else pending
                else:
                    yield _single(opened, at, running if opened == start else None)
                    opened = pending = None
        if opened is None:
            continue
        goes_on = resumes and text[opened] == "‘"
        if goes_on:
            left = (
                (running[0], running[1] + 1)
                if running is not None and opened == start
                else (opened, 1)
            )
        elif pending is not None:
            yield _single(opened, pending)


def _is_plural(text: str, at: int, end: int) -> bool:
    """Whether the mark may be the apostrophe of a plural ("the workers' pay")."""
    return (
        text[at - 1] in "sS"
        and text[end : end + 2].strip()[:1].islower()
        and text[end : end + 1] == " "
    )


def _single(outer_start: int, at: int, running: tuple[int, int] | None = None) -> Marked:
    """Return the stretch between the marks at `outer_start` and `at`, from where it began if it is
    `running` on.
    """
    first, earlier = running or (outer_start, 0)
    return Marked(first + 1, at, first, at + 1, "single", paragraphs=earlier + 1)
