"""Train the model for Chinese that `flows.annotate.entities.world.characters` runs on.

    python -m flows.annotate.entities.train.fit_han --corpora FOLDER

FOLDER holds `uner_zh_gsdsimp_train.iob2.gz` (see `../world/data/SOURCES.md`). The package
opencc-python-reimplemented must be installed: every article is learned in simplified and in
traditional characters. The same inputs and releases give the same model.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flows.annotate.entities.train.corpora import universal
from flows.annotate.entities.train.corpus import Marked
from flows.annotate.entities.train.learn import Example, labelled, train
from flows.annotate.entities.world.characters import MODEL, SENTENCE, character_rows

PARAMETERS = {"c1": 0.3, "c2": 0.1, "max_iterations": 80, "feature.minfreq": 2}


def closed(marked: Marked) -> Marked:
    """Return the article without the spaces between its words."""
    text, entities = marked
    moved, out = [], ""
    for char in text:
        moved.append(len(out))
        out += "" if char == " " else char
    moved.append(len(out))
    return out, [(moved[start], moved[end], label) for start, end, label in entities]


def examples(marked: Marked) -> Iterator[Example]:
    """Yield the features and labels of each sentence of an article."""
    text, entities = marked
    labels = labelled(len(text), entities)
    for sentence in SENTENCE.finditer(text):
        yield character_rows(sentence[0]), labels[sentence.start() : sentence.end()]


def fit(out: Path, folder: Path, *, iterations: int | None = None) -> None:
    """Write the model to `out`."""
    opencc: Any = importlib.import_module("opencc")
    traditional = opencc.OpenCC("s2t").convert

    def learned() -> Iterator[Example]:
        for marked in universal(folder / "uner_zh_gsdsimp_train.iob2.gz", "zh"):
            simplified = closed(marked)
            other = traditional(simplified[0])
            yield from examples(simplified)
            if len(other) == len(simplified[0]):
                yield from examples((other, simplified[1]))

    train(out, PARAMETERS | ({"max_iterations": iterations} if iterations else {}), learned())


def main() -> int:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    here = Path(__file__).resolve().parent.parent / "world" / "data" / MODEL
    parser.add_argument("--out", type=Path, default=here)
    wanted = parser.parse_args()
    fit(wanted.out, wanted.corpora)
    return 0


if __name__ == "__main__":
    sys.exit(main())
