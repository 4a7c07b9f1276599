"""Which language a text is in: the code that the caller gives, else the text's own words.

Common English words are counted first, since most texts are English and counting is cheap;
py3langid decides about the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from flows.annotate.languages.load import codes, load
from flows.annotate.plain import plain

ENGLISH = "en"
MAX_SAMPLE = 3000
"""Characters that are looked at: the answer does not change with more, the time does."""
MIN_CLASSIFIED = 60
"""Characters from which the classifier is believed: in shorter texts names decide."""

ENGLISH_SHARE = 0.14
"""In English news 15 to 33 % of the words are among the commonest; in other languages of Europe
less than 10 %.
"""

MAX_COUNTED = 6_000
"""Characters of a text whose words are counted."""

MIN_COUNTED = 30
"""Words from which a text must hold common ones to be English."""

ONLY_ENGLISH = frozenset(
    "the and with from which their would she said that this they them these those because should "
    "could about before been into against between through who when where while his its".split()
)
"""Words that no neighbour of English has: one of them makes a short text English."""

_NAMES = re.compile(r"\b[A-Z][\w’'-]*(?:(?: [a-z]{1,3}){0,2} [A-Z][\w’'-]*)*")
"""Words with a capital and the particles between them ("Henk van der Velde"): in a short text they
show where somebody is from, not its language.
"""

_LATIN = re.compile(r"[a-z]+")
_LETTERS = {code: chr(code) if chr(code).isalpha() else " " for code in range(128)}
_FOREIGN_LETTER = re.compile(r"[^\W\d_a-z]")
_CODE = re.compile(r"[A-Za-z]{2,3}(?=[-_]|\Z)")
# Codes that mean a language which we know by another code.
_SAME = {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "cmn": "zh", "zho": "zh", "yue": "zh"}


def normalise(language: str | None) -> str | None:
    """Return the ISO 639-1 code in `language` ("de-AT" → "de"), None where there is none."""
    found = _CODE.match(language or "")
    if found is None:
        return None
    code = found.group().lower()
    return _SAME.get(code, code)


def detect(text: str, given: str | None = None) -> str:
    """Return the ISO 639-1 code of `text`'s language; `given` decides where it is a code.

    English words win over it, and a given "en" is believed only where the words agree: pages often
    declare their template's language. A text too short to show its language is English.
    """
    code = normalise(given)
    words, foreign = _counted(text)
    has_few_words = len(words) < MIN_COUNTED
    if _is_english(words, foreign) and not (code and has_few_words):
        return ENGLISH
    if code is not None and code != ENGLISH:
        return code
    is_short = has_few_words and not foreign
    if is_short and (len(text) < MIN_CLASSIFIED or _has_english(text)):
        return ENGLISH
    sample = _NAMES.sub(" ", text) if has_few_words else text[:MAX_SAMPLE]
    found = normalise(_classifier()(sample)) or ENGLISH
    return ENGLISH if is_short and found not in codes() else found


def is_english(text: str) -> bool:
    """Whether the text is English by the share of its commonest words; an empty text is."""
    return _is_english(*_counted(text))


def _counted(text: str) -> tuple[list[str], int]:
    """Return the words in letters of English, lower-case, and the number of other letters."""
    sample = text[:MAX_COUNTED].lower()
    if (words := plain_words(sample)) is not None:
        return words, 0
    return _LATIN.findall(sample), len(_FOREIGN_LETTER.findall(sample))


def plain_words(small: str) -> list[str] | None:
    """Return the words of letters of a text in small letters that is ASCII but for common marks,
    else None.
    """
    known = plain(small)
    return None if known is None else known.translate(_LETTERS).split()


def _is_english(words: list[str], foreign: int) -> bool:
    """Whether `words` are English by their share of the commonest; `foreign` counts the letters
    that English lacks.
    """
    common = sum(map(load(ENGLISH).common.__contains__, words))
    return common >= ENGLISH_SHARE * (len(words) + foreign / 5)


def _has_english(text: str) -> bool:
    """Whether a short text holds a word that is English alone."""
    return not ONLY_ENGLISH.isdisjoint(_LATIN.findall(text.lower()))


@cache
def _classifier() -> Callable[[str], str]:
    """Load the model at first need: it costs as much as annotating twenty articles."""
    from py3langid import classify

    return lambda text: str(classify(text)[0])
