"""Searching a pattern of many alternatives quickly.

`re` tries all alternatives at each character of a text. Here alternatives with `^` are tried once,
at the start. Each one that begins with a class of characters (`[…]`) is searched by itself, so that
`re` skips to the next such character.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*+\]?|[()|]", re.S)
"""An escaped character, a class of characters, a parenthesis or a `|`."""

_BOUND = re.compile(r"\\[1-9]|\(\?[a-zA-Z(]")
"""A reference to a group, a named group or a flag: a part of such a pattern means something else
when it stands alone.
"""


def split_alternatives(pattern: str) -> list[str]:
    """Return the alternatives of a pattern, split at each `|` outside of brackets."""
    parts, depth, start = list[str](), 0, 0
    for token in _TOKEN.finditer(pattern):
        if token[0] == "|" and depth == 0:
            parts.append(pattern[start : token.start()])
            start = token.end()
        depth += (token[0] == "(") - (token[0] == ")")
    return [*parts, pattern[start:]]


def searcher(pattern: str) -> Callable[[str], object]:
    """Return a function whose result is true for the texts in which the pattern is found. A pattern
    that refers to groups, names groups or sets flags is not split.
    """
    if _BOUND.search(pattern):
        return re.compile(pattern).search
    alternatives = split_alternatives(pattern)
    opening = [part for part in alternatives if part.startswith("^")]
    classes = [part for part in alternatives if part.startswith("[")]
    others = [part for part in alternatives if part[:1] not in ("^", "[")]
    tries = [re.compile("|".join(opening)).match] if opening else []
    tries += [re.compile(part).search for part in classes]
    tries += [re.compile("|".join(others)).search] if others else []
    if len(tries) == 1:
        return tries[0]

    def search(text: str) -> object:
        for found in tries:
            if match := found(text):
                return match
        return None

    return search
