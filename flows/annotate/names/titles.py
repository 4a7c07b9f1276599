"""The title before a person's name: which it is, and whether a man or a woman has it.

Not here: names without their titles (`person_name`).
"""

from __future__ import annotations

import re

from flows.annotate.names.words import people_words
from flows.annotate.quotes.lexicon import lexicon as speech_lexicon

TITLE_CHARACTERS = 18
"""Characters before a name in which its title stands."""

_TITLE = re.compile(r"(?<![^\W\d_])([^\W\d_]+)\.?\s+$")


def title_before(text: str, start: int) -> str:
    """Return the title before the name at `start`, folded; an honorific, which all have, is
    none.
    """
    found = _TITLE.search(text[max(0, start - TITLE_CHARACTERS) : start])
    word, words = found[1].casefold() if found else "", speech_lexicon()
    return word if word in words["titles"] and word not in words["honorifics"] else ""


def is_one_title(one: str, other: str) -> bool:
    """Whether two folded titles are one, written short or not: "sen", "senator"."""
    return one.startswith(other) or other.startswith(one)


def titled_gender(text: str, start: int, end: int) -> str | None:
    """Return "he" or "she" as the title before the name at `start:end`, or in it, has it; else
    None.
    """
    words = people_words()
    before = _TITLE.search(text[max(0, start - TITLE_CHARACTERS) : start])
    inside = text[start:end].split()
    for title in (before[1] if before else "", inside[0] if len(inside) > 1 else ""):
        word = title.casefold().rstrip(".")
        if word in words["male_titles"]:
            return "he"
        if word in words["female_titles"]:
            return "she"
    return None
