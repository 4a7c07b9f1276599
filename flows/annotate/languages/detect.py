"""Which language a text is in: the code that the caller gives, else the text's own words.

Common English words are counted first, since most texts are English and counting is cheap;
py3langid decides about the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from flows.annotate.quotes.reading import is_english, tells_no_language

ENGLISH = "en"
MAX_SAMPLE = 3000
"""Characters that are looked at: the answer does not change with more, the time does."""
MIN_CLASSIFIED = 60
"""Characters from which the classifier is believed: in shorter texts names decide."""

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
    code, is_short = normalise(given), tells_no_language(text)
    if is_english(text) and not (is_short and code):
        return ENGLISH
    if code is not None and code != ENGLISH:
        return code
    if is_short and len(text) < MIN_CLASSIFIED:
        return ENGLISH
    return normalise(_classifier()(text[:MAX_SAMPLE])) or ENGLISH


@cache
def _classifier() -> Callable[[str], str]:
    """Load the model at first need: it costs as much as annotating twenty articles."""
    from py3langid import classify

    return lambda text: str(classify(text)[0])
