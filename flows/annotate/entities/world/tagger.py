"""The trained model for languages with capitals: windows of features → labelled spans of tokens.

One conditional random field (python-crfsuite) serves all these languages; `../train/fit_world.py`
makes it. Labels are O, B-x and I-x for PERSON, ORG and PLACE.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.annotate.entities.model import Span, sure_spans

MODEL = "world.crfsuite"
MIN_CONFIDENCE = {"PERSON": 0.4, "ORG": 0.45, "PLACE": 0.45}
"""The least probability of at least one word of a mention."""


def label(first: int, rows: Sequence[Sequence[bytes]]) -> Iterator[Span]:
    """Yield the mentions of the window that begins at token `first` and has these features."""
    return sure_spans(__package__, MODEL, first, rows, MIN_CONFIDENCE)
