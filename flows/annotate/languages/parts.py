"""Finds the paragraphs of an article that are in another language than the article.

A paragraph is foreign if it is long enough to show its language, and if it has many more function
words of the other language than of the article's.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from flows.annotate.languages.detect import ENGLISH, detect, is_english, plain_words
from flows.annotate.languages.load import Language, codes, load

MIN_LETTERS = 120
"""Characters of a paragraph that shows its language."""

MAX_SAMPLE = 400
"""Characters of a paragraph that are looked at."""

OWN_SHARE = 0.22
"""A paragraph with this share of the article's function words is in the article's language. Most
paragraphs of news have 0.25 to 0.5.
"""

FOREIGN_SHARE = 0.1
"""A foreign paragraph has at least this share of the other language's function words."""

LEAD = 1.6
"""A foreign paragraph has this many times more function words of the other language than of the
article's.
"""

_PARAGRAPH = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W\d_]+")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def parts(text: str, code: str) -> dict[str, str]:
    """Return the parts of `text` by ISO 639-1 code, the article's own language `code` first.

    Each part is as long as `text`, with spaces in place of the paragraphs in other languages: an
    offset in a part is an offset in `text`.
    """
    foreign: dict[str, list[tuple[int, int]]] = {}
    if code in codes():
        for found in _PARAGRAPH.finditer(text):
            start, end = found.span()
            is_long = end - start >= MIN_LETTERS
            other = _foreign(text[start : min(end, start + MAX_SAMPLE)], code) if is_long else None
            if other is not None:
                foreign.setdefault(other, []).append(found.span())
    if not foreign:
        return {code: text}
    inside = [span for spans in foreign.values() for span in spans]
    divided = {code: _without(text, inside)}
    for other, spans in sorted(foreign.items()):
        divided[other] = _only(text, spans)
    return divided


def _foreign(paragraph: str, code: str) -> str | None:
    """Return the code of the paragraph's language where it is another one than `code`."""
    if code == ENGLISH and is_english(paragraph):
        return None
    share = _share(paragraph, load(code))
    if share >= OWN_SHARE:
        return None
    least = max(FOREIGN_SHARE, LEAD * share)
    leaders = [other for other, lead in _shares(paragraph).items() if lead >= least]
    if not leaders or leaders == [code]:
        return None  # the classifier is not asked: it costs more than annotating the paragraph
    other = detect(paragraph)
    return other if other != code and other in leaders else None


def _shares(paragraph: str) -> dict[str, float]:
    """Return the share of function words by language, as `_share` does, in one pass."""
    words = _words(paragraph)
    counts = Counter(code for word in words for code in _languages_of().get(word, ()))
    found = {code: count / max(1, len(words)) for code, count in counts.items()}
    for code in codes():
        if not load(code).is_spaced:
            found[code] = _share(paragraph, load(code))
    return found


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """Return the languages with spaces of which a word is a function word."""
    found: dict[str, list[str]] = {}
    for code in codes():
        if load(code).is_spaced:
            for word in _function_words(load(code)):
                found.setdefault(word, []).append(code)
    return {word: tuple(some) for word, some in found.items()}


def _share(paragraph: str, language: Language) -> float:
    """Return the share of function words (0 to 1); of letters where no spaces part the words."""
    if not language.is_spaced:
        return len(_WIDE.findall(paragraph)) / len(paragraph)
    words = _words(paragraph)
    known = _function_words(language)
    return sum(map(known.__contains__, words)) / max(1, len(words))


def _words(paragraph: str) -> list[str]:
    """Return the words in small letters."""
    small = paragraph.lower()
    words = plain_words(small)
    return _WORD.findall(small) if words is None else words


@cache
def _function_words(language: Language) -> frozenset[str]:
    lists = (
        language.stops,
        language.determiners,
        language.links,
        language.auxiliaries,
        language.that,
        language.joins,
        language.he,
        language.she,
        language.third,
        language.they,
        language.common if language.code == ENGLISH else frozenset(),
    )
    elided = frozenset(word.rstrip("’") for word in language.elisions)
    return elided.union(*lists)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """Return `text` with spaces for the characters of `spans`."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        pieces += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def _only(text: str, spans: list[tuple[int, int]]) -> str:
    """Return `text` with spaces for all characters but those of `spans` and line ends."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        pieces += [_blank(text[at:start]), text[start:end]]
        at = end
    return "".join([*pieces, _blank(text[at:])])


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
