"""The trained model of English: runs with their features → labelled spans of tokens.

The model is a conditional random field (python-crfsuite) over the tokens of a run, with labels O,
B-x and I-x. `train/fit.py` makes it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from typing import NamedTuple

import pycrfsuite

MODEL = "news.crfsuite"
# The least probability of at least one word of a mention. Generated articles hold more names than
# real ones, so the model marks too much. These limits gained a point of strict F1 on each of three
# sets. The limit for people is low: a lost name is a lost speaker.
MIN_CONFIDENCE = {"PERSON": 0.4, "ORG": 0.6, "PLACE": 0.5, "NORP": 0.4, "EVENT": 0.5, "MISC": 0.5}


def encoded(features: Iterable[str]) -> tuple[bytes, ...]:
    """Return features as the model's library holds them: features that are remembered are encoded
    once, and not for each token.
    """
    return tuple([feature.encode() for feature in features])


class Span(NamedTuple):
    """Tokens `first` to `last` (exclusive) are one mention; `label` is PERSON, ORG, PLACE, NORP,
    EVENT or MISC.
    """

    first: int
    last: int
    label: str

    def labelled(self, label: str) -> Span:
        """Return the span with a label: itself where it has it, which most have."""
        return self if label == self.label else Span(self.first, self.last, label)


def covered(spans: Iterable[Span]) -> set[int]:
    """Return the tokens that spans hold."""
    return {index for span in spans for index in range(span.first, span.last)}


def replaced(spans: Iterable[Span], found: Sequence[Span]) -> list[Span]:
    """Return the spans in order, with `found` in place of those that overlap it."""
    if not found:
        return sorted(spans)
    cast = covered(found)
    return sorted([*(s for s in spans if cast.isdisjoint(range(s.first, s.last))), *found])


@functools.cache
def _tagger(package: str, model: str) -> pycrfsuite.Tagger:
    """Return the model in the data folder of a package, opened once; from the file, since bytes
    given to open_inmemory must outlive the tagger.
    """
    tagger = pycrfsuite.Tagger()
    with resources.as_file(resources.files(package) / "data" / model) as path:
        tagger.open(str(path))
    return tagger


def sure_spans(
    package: str,
    model: str,
    first: int,
    rows: Sequence[Sequence[bytes]] | Sequence[Sequence[str]],
    limits: Mapping[str, float],
) -> Iterator[Span]:
    """Yield the mentions that a model marks in the tokens from `first` on, which have the
    features `rows`, encoded or not. `limits` are the least probabilities of at least one token of
    a mention, by label.
    """
    tagger = _tagger(package, model)
    labels = tagger.tag(rows)
    at = 0
    while at < len(labels):
        end, kind = at + 1, labels[at][2:]
        while end < len(labels) and labels[end] == f"I-{kind}":
            end += 1
        if kind:
            sure = max(tagger.marginal(labels[token], token) for token in range(at, end))
            if sure >= limits[kind]:
                yield Span(first + at, first + end, kind)
        at = end


def label_run(first: int, rows: Sequence[Sequence[bytes]]) -> Iterator[Span]:
    """Yield the mentions of the run that begins at token `first` and has these features."""
    return sure_spans(__package__, MODEL, first, rows, MIN_CONFIDENCE)
