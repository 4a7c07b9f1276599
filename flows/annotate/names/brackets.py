"""Names that an editor has completed: "[Owen] Tarrant", "Owen [Tarrant]"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.annotate.entities.lexicon import lexicon
from flows.annotate.names.person_name import is_common_given
from flows.annotate.names.words import plain_text

MAX_LETTERS = 30
"""Letters of a word in brackets."""

_WORD = r"[^\W\d_a-z][^\W\d_]{1,30}"
_BEFORE = re.compile(rf"\[(?P<given>{_WORD})\] $")
_BEHIND = re.compile(rf" \[(?P<surname>{_WORD})\]")
_GIVEN_BEFORE = re.compile(rf"(?<!\w)(?P<given>{_WORD}) \[$")
_SURNAME_BEHIND = re.compile(rf"\] (?P<surname>{_WORD})")


def with_bracketed_parts(
    text: str, spans: Sequence[tuple[int, int, str]], surfaces: Sequence[str]
) -> list[str]:
    """Return the surfaces. A given name and a surname of which one stands in square brackets take
    the whole name; the spans stay as they are, so that no mention holds a bracket.
    """
    if "[" not in text:
        return list(surfaces)
    return [
        _whole(text, start, end, surface) if label == "PERSON" and " " not in surface else surface
        for (start, end, label), surface in zip(spans, surfaces, strict=True)
    ]


def _whole(text: str, start: int, end: int, surface: str) -> str:
    low = max(0, start - MAX_LETTERS - 3)
    before = _BEFORE.search(text, low, start) or _GIVEN_BEFORE.search(text, low, start)
    is_closed = text[start - 1 : start] != "[" or text[end : end + 1] == "]"
    if before and is_closed and _is_name(before["given"], surface):
        return f"{before['given']} {surface}"
    is_bracketed = text[start - 1 : start] == "["
    behind = (_SURNAME_BEHIND if is_bracketed else _BEHIND).match(text, end)
    if behind and _is_name(surface, behind["surname"]):
        return f"{surface} {behind['surname']}"
    return surface


def _is_name(given: str, surname: str) -> bool:
    """Whether two words are a given name and a surname."""
    return plain_text(given) in lexicon().given and not is_common_given(plain_text(surname))
