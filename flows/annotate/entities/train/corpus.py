"""Articles with marked entities → rows of features and labels to learn from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from flows.annotate.entities.article import Article
from flows.annotate.entities.features import run_features
from flows.annotate.entities.lexicon import fold, lexicon
from flows.annotate.entities.runs import find_runs
from flows.annotate.entities.tokens import tokenise
from flows.annotate.entities.train.generate import Writer
from flows.annotate.entities.train.learn import Example, labelled, placed

Marked = tuple[str, list[tuple[int, int, str]]]
PLACES = frozenset(("GPE", "LOC", "FAC", "GPE_LOC"))


def written(seed: int, count: int) -> Iterator[Marked]:
    """Yield generated articles; the same seed and count give the same ones."""
    writer = Writer(seed)
    for _ in range(count):
        yield writer.article()


def read(path: Path) -> Iterator[Marked]:
    """Yield the articles of a JSON-lines file whose rows have `text` and `entities` (`start`,
    `end`, `label`).
    """
    with path.open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            yield (
                row["text"],
                [(entity["start"], entity["end"], entity["label"]) for entity in row["entities"]],
            )


def examples(marked: Marked) -> Iterator[Example]:
    """Yield the features and labels of each run of an article."""
    text, entities = marked
    known = lexicon()
    tokens = tokenise(text, known)
    spans = [(token.start, token.end) for token in tokens]
    labels = labelled(len(tokens), placed(spans, text, entities, _kind))
    runs = find_runs(tokens, known)
    article = Article(tokens, runs, known)
    for run in runs:
        yield run_features(tokens, run, article), labels[run.first : run.last]


def _kind(surface: str, label: str) -> str:
    """Return the model's label: places are one, and a corpus that has only MISC for peoples and
    events is told them apart by our lists.
    """
    if label in PLACES:
        return "PLACE"
    if label == "MISC":
        phrase = lexicon().phrases.get(fold(surface))
        if phrase and phrase[0] == "NORP":
            return "NORP"
        if (
            fold(surface).split()[-1:]
            and fold(surface).split()[-1] in lexicon().classes["event_heads"]
        ):
            return "EVENT"
    return label
