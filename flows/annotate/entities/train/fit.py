"""Train the model that `flows.annotate.entities` runs on; about a minute.

    python -m flows.annotate.entities.train.fit [--also MARKED.jsonl ...]

The shipped model was trained with `--also` on Wikigold (CC BY 4.0, see data/SOURCES.md) besides the
generated articles; without it the model is about a point of F1 weaker on world news. The same
inputs and the same release of python-crfsuite give the same model.
"""

from __future__ import annotations

import argparse
import sys
from itertools import chain
from pathlib import Path

from flows.annotate.entities.model import MODEL
from flows.annotate.entities.train.corpus import examples, read, written
from flows.annotate.entities.train.learn import train

ARTICLES = 3000
SEED = 2
PARAMETERS = {
    "c1": 1.0,
    "c2": 2.0,
    "max_iterations": 100,
    "feature.minfreq": 2,
    "feature.possible_transitions": True,
}


def fit(out: Path, also: list[Path], *, articles: int = ARTICLES, seed: int = SEED) -> None:
    """Write the model to `out`."""
    learned = chain(written(seed, articles), *(read(path) for path in also))
    train(out, PARAMETERS, (example for marked in learned for example in examples(marked)))


def main() -> int:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--also",
        type=Path,
        nargs="*",
        default=[],
        help="marked articles to learn from besides the generated ones",
    )
    parser.add_argument(
        "--out", type=Path, default=Path(__file__).resolve().parent.parent / "data" / MODEL
    )
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--seed", type=int, default=SEED)
    wanted = parser.parse_args()
    fit(wanted.out, wanted.also, articles=wanted.articles, seed=wanted.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
