"""A page of text cut into blocks, whatever its line structure: a line a paragraph, blank lines between, or hard-wrapped lines.

Which blocks are the article is not asked here. Blocks that fuse several things are cut further in `mixed`.
"""

from __future__ import annotations

import re
from functools import reduce
from itertools import pairwise

from flows.clean.plain.sentences import ends_sentence

WRAP_LIMIT = 110
"""Columns. Mail and plain-text letters are wrapped at 60 to 80, the widest usual terminals at 100; longer lines are paragraphs."""

FLOW, FLOW_COLUMNS = 3, 40
"""Lines of a run, and their mean columns, from which a page's broken lines are told from lists in small letters."""

_LINE = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def split_blocks(text: str) -> list[str]:
    """Return the page's blocks in reading order, white space folded, none empty."""
    paragraphs: list[list[str]] = [[]]
    for line in _LINE.split(text):
        folded = " ".join(line.split())
        if folded:
            paragraphs[-1].append(folded)
        elif paragraphs[-1]:
            paragraphs.append([])
    lines = [line for paragraph in paragraphs for line in paragraph]
    measure = _wrapped_at(paragraphs, lines)
    if not measure:
        return _flowing(lines)
    return [block for paragraph in paragraphs for block in _unwrapped(paragraph, measure)]


def _wrapped_at(paragraphs: list[list[str]], lines: list[str]) -> int:
    """Return the measure (columns) to which the page's lines are wrapped, 0 where they are not.

    Wrapped are pages whose lines are all short, and where a line that ends no sentence goes on in the next one again and again.
    """
    if not lines or max(map(len, lines)) > WRAP_LIMIT:
        return 0
    pairs = [pair for paragraph in paragraphs for pair in pairwise(paragraph)]
    broken = sum(not ends_sentence(a) and b[0].islower() for a, b in pairs)
    if broken < 4 or broken * 4 < len(pairs):
        return 0
    return max(map(len, lines))


def _unwrapped(paragraph: list[str], measure: int) -> list[str]:
    """Join lines that were one; a line that leaves room for the next one's first word, and ends a sentence, was the last of its block."""
    blocks: list[str] = []
    is_open = False
    for line in paragraph:
        if is_open:
            blocks[-1] = _glued(blocks[-1], line)
        else:
            blocks.append(line)
        is_open = len(line) >= measure * 0.55 and not (ends_sentence(line) and len(line) < measure * 0.8)
    return blocks


def _flowing(lines: list[str]) -> list[str]:
    """Join runs of lines in which one sentence goes on from line to line: where a page broke its lines, and only there.

    A run has at least FLOW lines, each (but the last) open and each next one in small letters: headlines and menus do not go on so.
    """
    blocks: list[str] = []
    start = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and lines[at][0].islower() and not ends_sentence(lines[at - 1]):
            continue
        run = lines[start:at]
        is_broken = len(run) >= FLOW and sum(map(len, run)) >= FLOW_COLUMNS * len(run) and max(map(len, run)) <= WRAP_LIMIT
        blocks.extend([reduce(_glued, run)] if is_broken else run)
        start = at
    return blocks


def _glued(text: str, line: str) -> str:
    """Set a line behind the text it goes on from. A word that was broken at its hyphen is one word again; the hyphen stays."""
    return f"{text}{line}" if text[-1] == "-" and text[-2:-1].isalpha() else f"{text} {line}"
