"""A pattern of many alternatives, searched as cheaply as it can be: those that begin at the text's
start are tried there alone, and those that begin with a certain sign are looked for by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")

_BOUND = re.compile(r"\\[1-9]|\(\?[a-zA-Z(]")
"""A group that is meant again by its number or name, or flags: both hold for the whole pattern."""


def split_alternatives(pattern: str) -> list[str]:
    """Return the alternatives of a pattern, parted at the `|` outside of brackets."""
    parts, depth, start, at = list[str](), 0, 0, 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "[" and (found := _CLASS.match(pattern, at)):
            at = found.end()
            continue
        if sign == "|" and depth == 0:
            parts.append(pattern[start:at])
            start = at + 1
        depth += (sign == "(") - (sign == ")")
        at += 2 if sign == "\\" else 1
    return [*parts, pattern[start:]]


def searcher(pattern: str) -> Callable[[str], object]:
    """Return a function that is true of the texts in which the pattern is found. A pattern that
    counts or names groups, or sets flags, is not parted.
    """
    if _BOUND.search(pattern):
        return re.compile(pattern).search
    alternatives = split_alternatives(pattern)
    opening = [part for part in alternatives if part.startswith("^")]
    signed = [part for part in alternatives if part.startswith("[")]
    others = [part for part in alternatives if part[:1] not in ("^", "[")]
    tries = [re.compile("|".join(opening)).match] if opening else []
    tries += [re.compile(part).search for part in signed]
    tries += [re.compile("|".join(others)).search] if others else []
    if len(tries) == 1:
        return tries[0]
    return lambda text: any(found(text) for found in tries)
