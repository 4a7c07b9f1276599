"""News in brief: short reports of other events under a heading of their own, each a headline, a
dash and its text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.clean.plain.prose import Form

MAX_HEADING = 40
"""Columns of the heading above a list of briefs."""

MIN_BRIEFS = 2
"""Briefs that make a list; one alone is a sentence with a dash."""

_BRIEF = re.compile(r"^[^.!?:;,\"“”]{12,90}\s[-–—]\s(?=[\"“‘«„]?[^\W\d_a-zà-ÿ])")


def is_brief(text: str) -> bool:
    """Whether the block begins as a brief does: some words without a mark, a dash, and a
    capital.
    """
    return bool(_BRIEF.match(text))


def find_briefs(forms: Sequence[Form]) -> set[int]:
    """Return the places of all briefs that stand in a list under a heading."""
    places: set[int] = set()
    at = 0
    while at < len(forms):
        end = at
        while end < len(forms) and is_brief(forms[end].text):
            end += 1
        if (
            end - at >= MIN_BRIEFS
            and at > 0
            and not forms[at - 1].is_sentence
            and forms[at - 1].width <= MAX_HEADING
        ):
            places.update(range(at, end))
        at = max(end, at + 1)
    return places
