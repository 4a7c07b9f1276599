"""Which block is the headline: a text page has no `<title>`, but its headline shares words with its address and its article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from flows.clean.plain.heading import date_in, is_byline, is_role
from flows.clean.plain.prose import Form
from flows.clean.plain.sentences import is_cut_short, split_sentences

MIN_WIDTH, MAX_WIDTH = 12, 220
"""Columns of a headline; shorter ones are section names, longer ones paragraphs."""

SEARCHED = 60
"""Blocks before the article among which its headline is looked for; kickers, bylines and share rows stand between."""

ENOUGH = 0.9
"""Least score of a headline: about a third of its words in the article and a place near it, or most of the address's words."""

ABOVE, REACH = 0.6, 6
"""What it counts to be the nearest block above the article that can be a headline, and how many blocks above that may be."""

NAMED = 0.6
"""Share of the words of a headline, or of an address, that the two must have in common."""

_WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}")


def find_title(forms: Sequence[Form], first: int, end: int, url: str | None) -> int | None:
    """Return the place of the headline of the article that stands at [first, end), or None.

    The headline stands before the article or is its first block.
    """
    address = _address_words(url)
    body = set(_words(" ".join(form.text for form in forms[first + 1 : first + 30])))
    nearest = next((at for at in range(first - 1, max(-1, first - REACH), -1) if _can_be_title(forms[at])), None)
    best, best_score = None, ENOUGH
    for at in range(max(0, first - SEARCHED), min(first + 2, end)):
        form = forms[at]
        if not _can_be_title(form):
            continue
        score = _score(form, at, first, address, body) + (ABOVE if at == nearest else 0.0)
        if score > best_score:
            best, best_score = at, score
    return best


def _can_be_title(form: Form) -> bool:
    return (
        MIN_WIDTH <= form.width <= MAX_WIDTH
        and form.rule is None
        and not is_cut_short(form.text)
        and not is_byline(form.text)
        and not is_role(form.text)
        and date_in(form.text) is None
    )


def named_by_address(forms: Sequence[Form], url: str | None) -> int | None:
    """Return the first block whose words are those of the page's address, or None."""
    address = _address_words(url)
    if len(address) < 3:
        return None
    for at, form in enumerate(forms):
        if MIN_WIDTH <= form.width <= MAX_WIDTH and form.rule is None:
            words = set(_words(form.text))
            if len(words) >= 3 and len(words & address) >= NAMED * min(len(words), len(address)):
                return at
    return None


def _score(form: Form, at: int, first: int, address: set[str], body: set[str]) -> float:
    words = set(_words(form.text))
    if not words:
        return 0.0
    in_address = len(words & address) / max(3, min(len(words), len(address))) if address else 0.0
    in_body = len(words & body) / max(3, len(words))
    score = 2.0 * in_address + 1.5 * in_body - 0.012 * max(0, first - at)
    if form.is_sentence and form.text[-1] not in "?!？！":
        score -= 0.5 if at < first else 1.5
    if at >= first and len(split_sentences(form.text)) > 1:
        score -= 2.0
    return score + (0.2 if form.repeats > 1 else 0.0) + (0.2 if form.width >= 30 else 0.0)


def _address_words(url: str | None) -> set[str]:
    path = unquote(urlsplit(url).path) if url else ""
    return set(_words(path.replace("-", " ").replace("_", " ")))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
