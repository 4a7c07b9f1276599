"""The trained model for languages with capitals: windows of features → labelled spans of tokens.

One conditional random field (python-crfsuite) serves all these languages; `../train/fit_world.py`
makes it. Labels are O, B-x and I-x for PERSON, ORG and PLACE.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from importlib import resources

import pycrfsuite

from flows.annotate.entities.model import Span

MODEL = "world.crfsuite"
MIN_CONFIDENCE = {"PERSON": 0.4, "ORG": 0.45, "PLACE": 0.45}
"""The least probability of at least one word of a mention."""


@functools.cache
def _tagger() -> pycrfsuite.Tagger:
    """Return the model, opened once."""
    tagger = pycrfsuite.Tagger()
    with resources.as_file(resources.files(__package__) / "data" / MODEL) as path:
        tagger.open(str(path))
    return tagger


def label(first: int, rows: Sequence[Sequence[str]]) -> Iterator[Span]:
    """Yield the mentions of the window that begins at token `first` and has these features."""
    tagger = _tagger()
    labels = tagger.tag(rows)
    at = 0
    while at < len(labels):
        end, kind = at + 1, labels[at][2:]
        while end < len(labels) and labels[end] == f"I-{kind}":
            end += 1
        if kind:
            sure = max(tagger.marginal(labels[token], token) for token in range(at, end))
            if sure >= MIN_CONFIDENCE[kind]:
                yield Span(first + at, first + end, kind)
        at = end
