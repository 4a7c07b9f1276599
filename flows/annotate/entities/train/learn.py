"""Examples → a trained model: what the three trainers (`fit`, `fit_han`, `fit_world`) share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pycrfsuite

Entity = tuple[int, int, str]
"""First and last place (exclusive), and what stands there."""

Example = tuple[list[list[bytes]] | list[list[str]], list[str]]
"""Features, encoded or not, and labels of a run of tokens or characters."""


def labelled(count: int, entities: Iterable[Entity]) -> list[str]:
    """Return the labels O, B-x and I-x of `count` tokens or characters."""
    labels = ["O"] * count
    for first, last, kind in entities:
        labels[first:last] = [f"I-{kind}"] * (last - first)
        labels[first] = f"B-{kind}"
    return labels


def placed(
    tokens: Iterable[tuple[int, int]],
    text: str,
    entities: Iterable[Entity],
    kind: Callable[[str, str], str] = lambda _, label: label,
) -> list[Entity]:
    """Return the entities by tokens: those that begin and end where tokens (start, end) do.

    `kind` gives the model's label for the words and the label of an entity.
    """
    starts, ends = {}, {}
    for at, (start, end) in enumerate(tokens):
        starts[start], ends[end] = at, at + 1
    return [
        (starts[start], ends[end], kind(text[start:end], label))
        for start, end, label in entities
        if start in starts and end in ends
    ]


def train(out: Path, parameters: Mapping[str, object], examples: Iterable[Example]) -> int:
    """Write the model to `out`; return how many tokens or characters it learned from.

    The same examples and the same release of python-crfsuite give the same model.
    """
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(dict(parameters))
    count = 0
    for rows, labels in examples:
        trainer.append(rows, labels)
        count += len(labels)
    trainer.train(str(out))
    return count
