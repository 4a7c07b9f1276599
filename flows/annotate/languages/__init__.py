"""Languages of articles: which one a text is in, and the word lists of each (a folder a language).

Not here: what the words mean in a sentence (`flows.annotate.quotes`).
"""

from __future__ import annotations

from flows.annotate.languages.detect import detect, normalise

__all__ = ["detect", "normalise"]
