"""Which block is the headline: a text page has no `<title>`, but its headline shares words with its
address and its article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from flows.clean.metadata.site import host_of
from flows.clean.plain.heading import date_in, is_byline, is_role
from flows.clean.plain.prose import Form
from flows.clean.plain.sentences import introduces, is_cut_short, split_sentences

MIN_WIDTH, MAX_WIDTH = 12, 220
"""Columns of a headline; shorter ones are section names, longer ones paragraphs."""

MAX_SEARCHED = 60
"""Blocks before the article among which its headline is looked for; kickers, bylines and share rows
stand between.
"""

MIN_SCORE = 0.9
"""Least score of a headline: about a third of its words in the article and a place near it, or most
of the address's words.
"""

ABOVE, TOP, MAX_REACH = 0.6, 0.5, 6
"""What it counts to be the nearest block above the article that can be a headline, and the page's
first; and how far both may stand off.
"""

FAR = 0.012
"""What a block between headline and article counts against it."""

STEM = 5
"""Letters of a word that are compared: endings differ between headline and text in most
languages.
"""

MIN_NAMED_SHARE = 0.6
"""Share of the words of a headline, or of an address, that the two must have in common."""

MIN_NAMED, MIN_OF_ADDRESS = 2, 0.4
"""Words that an address and its headline have in common at least, and the share of the address's
words that they are.
"""

_ACCENTS = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}")


def find_title(forms: Sequence[Form], first: int, end: int, url: str | None) -> int | None:
    """Return the place of the headline of the article that stands at [first, end), or None.

    The headline stands before the article or is its first block.
    """
    address = _address_words(url)
    bodies = [
        _words(" ".join(form.text for form in forms[at : at + 30])) for at in (first, first + 1)
    ]
    places = [
        at
        for at in range(max(0, first - MAX_SEARCHED), min(first + 1, end))
        if _can_be_title(forms[at])
    ]
    above = [at for at in places if first - MAX_REACH <= at < first]
    best, best_score = None, MIN_SCORE
    for at in places:
        is_lead = at >= first and not (at + 1 < end and forms[at + 1].rule is not None)
        score = _score(forms[at], address, bodies[at >= first], is_lead=is_lead) - FAR * max(
            0, first - at
        )
        score += ABOVE * (at in above[-1:] or (at >= first and not is_lead)) + TOP * (
            at == places[0] and at <= MAX_REACH
        )
        if score > best_score:
            best, best_score = at, score
    return best


def _can_be_title(form: Form) -> bool:
    return (
        MIN_WIDTH <= form.width <= MAX_WIDTH
        and form.rule is None
        and not is_cut_short(form.text)
        and not introduces(form.text)
        and not is_byline(form.text)
        and not is_role(form.text)
        and date_in(form.text) is None
    )


def named_by_address(forms: Sequence[Form], url: str | None) -> int | None:
    """Return the block whose words are those of the page's address, or None.

    Of several before the first paragraph it is the one that says least else: menus and the site's
    own line hold such words too.
    """
    address = _address_words(url)
    if len(address) < MIN_NAMED:
        return None
    best, best_share = None, 0.0
    for at, form in enumerate(forms):
        if form.is_paragraph and best is not None:
            break
        if MIN_WIDTH <= form.width <= MAX_WIDTH and form.rule is None and not form.is_paragraph:
            words = _words(form.text)
            shared = len(words & address)
            share = shared / len(words | address)
            if share > best_share and shared >= max(
                MIN_NAMED,
                MIN_NAMED_SHARE * min(len(words), len(address)),
                MIN_OF_ADDRESS * len(address),
            ):
                best, best_share = at, share
    return best


def _score(form: Form, address: set[str], body: set[str], *, is_lead: bool) -> float:
    words = _words(form.text)
    if not words:
        return 0.0
    in_address = len(words & address) / max(3, min(len(words), len(address))) if address else 0.0
    in_body = len(words & body) / max(3, len(words))
    score = 2.0 * in_address + 1.5 * in_body + 0.2 * (form.repeats > 1) + 0.2 * (form.width >= 30)
    if form.is_sentence and form.text[-1] not in "?!？！":
        score -= 1.5 if is_lead else 0.9
    if is_lead and len(split_sentences(form.text)) > 1:
        score -= 2.0
    return score


def _address_words(url: str | None) -> set[str]:
    """The words of the part of the address that has most of them: there stands the headline, in the
    others sections.
    """
    path = unquote(urlsplit(url).path) if url and host_of(url) else ""
    return max(
        (_words(part.replace("-", " ").replace("_", " ")) for part in path.split("/")), key=len
    )


def _words(text: str) -> set[str]:
    """The text's longer words, cut to what inflection leaves alone."""
    lower = text.lower()
    return {
        word[:STEM]
        for word in _WORD.findall(
            lower if lower.isascii() else _ACCENTS.sub("", normalize("NFKD", lower))
        )
    }
