"""A page of text cut into blocks, whatever its line structure: a line a paragraph, blank lines
between, or hard-wrapped lines.

Which blocks are the article is not asked here. Blocks that fuse several things are cut further in
`mixed`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from itertools import chain, pairwise

from flows.clean.normal_text import normal_text
from flows.clean.plain.sentences import ends_sentence

MIN_WRAP, MAX_WRAP = 30, 110
"""Columns. Mail and plain-text letters are wrapped at 60 to 80, narrow columns at 40, the widest
usual terminals at 100; longer lines are paragraphs.
"""

MIN_WRAPPED, MIN_WRAPPED_SHARE = 3, 0.6
"""Lines that go on in small letters from which a page may be wrapped, and the share of them that
must have been full.
"""

MAX_WORD = 12
"""Most columns a word has in the mean of a line, its space with it; scripts without spaces are not
wrapped at words.
"""

MAX_WIDER_SHARE = 0.2
"""Share of a wrapped page's characters that may stand in lines wider than its measure: addresses,
code, lines that were pasted in.
"""

MIN_FLOW, MIN_FLOW_COLUMNS = 3, 40
"""Lines of a run, and their mean columns, from which a page's broken lines are told from lists in
small letters.
"""

_LINE = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def split_blocks(text: str) -> list[str]:
    """Return the page's blocks in reading order, white space folded, none empty."""
    paragraphs: list[list[str]] = [[]]
    for line in _LINE.split(normal_text(text)):
        folded = " ".join(line.split())
        if folded:
            paragraphs[-1].append(folded)
        elif paragraphs[-1]:
            paragraphs.append([])
    measure = _wrapped_at(paragraphs)
    if not measure:
        return _flowing(list(chain.from_iterable(paragraphs)))
    return [block for paragraph in paragraphs for block in _unwrapped(paragraph, measure)]


def _wrapped_at(paragraphs: list[list[str]]) -> int:
    """Return the measure (columns) to which the page's lines are wrapped, 0 where they are not.

    A line that goes on in small letters (or in a script that has only one kind) was broken; if it
    was full, the next one's first word did not fit behind it. The measure is the width that makes
    most of the broken lines full, or what the widest line has beyond it.
    """
    pairs = (pair for paragraph in paragraphs for pair in pairwise(paragraph))
    broken = [
        (len(a), _with_next(a, b))
        for a, b in pairs
        if MIN_WRAP <= len(a) <= MAX_WRAP and _goes_on(a, b)
    ]
    if len(broken) < MIN_WRAPPED:
        return 0
    counted = [
        (sum(a <= measure < a_and_next for a, a_and_next in broken), measure)
        for measure in {a for a, _ in broken}
    ]
    full, measure = max(counted)
    widths = [len(line) for paragraph in paragraphs for line in paragraph]
    room = min(a_and_next for a, a_and_next in broken if a <= measure < a_and_next)
    measure = max(width for width in widths if width < room)
    is_wrapped = full >= MIN_WRAPPED_SHARE * len(broken) and sum(
        w for w in widths if w > measure
    ) <= MAX_WIDER_SHARE * sum(widths)
    return measure if is_wrapped else 0


def _goes_on(line: str, after: str) -> bool:
    is_open = not ends_sentence(line) and after[0].isalpha() and not after[0].isupper()
    return is_open and len(line) <= MAX_WORD * len(line.split(" "))


def _unwrapped(paragraph: Sequence[str], measure: int) -> list[str]:
    """Join lines that were one: a line that leaves no room for the next one's first word was broken
    there.

    Where a full line ends a sentence, a short line behind it that ends none is another block: a
    heading, a menu's first line.
    """
    full = [
        len(line) <= measure < _with_next(line, after) for line, after in pairwise(paragraph)
    ] + [False]
    blocks = list(paragraph[:1])
    for at, (line, after) in enumerate(pairwise(paragraph)):
        goes_on = full[at + 1] or ends_sentence(after) or not ends_sentence(line)
        if full[at] and goes_on and len(after) <= measure:
            blocks[-1] = _glued(blocks[-1], after)
        else:
            blocks.append(after)
    return blocks


def _with_next(line: str, after: str) -> int:
    """The columns that the line would have with the next one's first word on it."""
    return len(line) + 1 + len(after.split(" ", 1)[0])


def _flowing(lines: list[str]) -> list[str]:
    """Join runs of lines in which one sentence goes on from line to line: where a page broke its
    lines, and only there.

    A run has at least MIN_FLOW lines, each (but the last) open and each next one in small letters:
    headlines and menus do not go on so.
    """
    blocks: list[str] = []
    start = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and lines[at][0].islower() and not ends_sentence(lines[at - 1]):
            continue
        run = lines[start:at]
        is_broken = (
            len(run) >= MIN_FLOW
            and sum(map(len, run)) >= MIN_FLOW_COLUMNS * len(run)
            and max(map(len, run)) <= MAX_WRAP
        )
        blocks.extend([reduce(_glued, run)] if is_broken else run)
        start = at
    return blocks


def _glued(text: str, line: str) -> str:
    """Set a line behind the text it goes on from. A word that was broken at its hyphen is one word
    again; the hyphen stays.
    """
    return f"{text}{line}" if text[-1] == "-" and text[-2:-1].isalpha() else f"{text} {line}"
