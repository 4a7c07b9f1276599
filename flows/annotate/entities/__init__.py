"""Article text → mentions of people, organisations, places and groups, each with the fullest name that the article gives.

Holds the recogniser's stages in order: tokens, runs of capitals, labels, names. Entities across articles are `flows.link`'s.
"""

from __future__ import annotations

from flows.annotate.entities.lexicon import fold, lexicon
from flows.annotate.entities.resolve import resolve
from flows.annotate.entities.rules import label_run
from flows.annotate.entities.runs import find_runs
from flows.annotate.entities.tokens import tokenise
from flows.annotate.model import Mention

__all__ = ["find_mentions"]


def find_mentions(text: str) -> tuple[Mention, ...]:
    """Return the mentions of `text` in order, not overlapping; any text will do, and none raises."""
    known = lexicon()
    tokens = tokenise(text)
    lower = frozenset(fold(token.text) for token in tokens if token.text.islower())
    spans = [span for run in find_runs(tokens, known) for span in label_run(tokens, run, known, lower)]
    return resolve(text, [(tokens[span.first].start, tokens[span.last - 1].end, span.label) for span in spans], known)
