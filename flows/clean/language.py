"""Which language a text is in, where the page does not say. py3langid decides; here is when it may
be believed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

MIN_CHARACTERS = 80
"""Characters from which the answer is taken: under that, names decide more than words do."""

MAX_CHARACTERS = 3000
"""Characters that are looked at: the answer does not change with more, the time does."""


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of `text`'s language, None where there is too little of it."""
    if len(text) < MIN_CHARACTERS:
        return None
    return _classifier()(text[:MAX_CHARACTERS])


@cache
def _classifier() -> Callable[[str], str]:
    """Load the model at first need: it costs as much as cleaning twenty pages, and most pages
    declare their language.
    """
    from py3langid import classify

    return lambda text: str(classify(text)[0])
