"""Train the model for languages with capitals that `flows.annotate.entities.world` runs on.

    python -m flows.annotate.entities.train.fit_world --corpora FOLDER

FOLDER holds the labelled texts named in `data/SOURCES.md`. Without it the model learns from
generated articles alone. The same inputs and the same release of python-crfsuite give the same
model.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from flows.annotate.entities.train.corpora import europeana, smartdata, universal
from flows.annotate.entities.train.corpus import Marked
from flows.annotate.entities.train.learn import Example, labelled, placed, train
from flows.annotate.entities.train.shapes import write_articles
from flows.annotate.entities.world.features import Evidence, rows, windows
from flows.annotate.entities.world.scripts import CASED, main_script
from flows.annotate.entities.world.tagger import MODEL
from flows.annotate.entities.world.tokens import tokenise

SEED = 5
PARAMETERS = {
    "c1": 0.4,
    "c2": 0.1,
    "max_iterations": 80,
    "feature.minfreq": 2,
    "feature.possible_transitions": True,
}
UNIVERSAL = {
    "pt": "pt_bosque", "da": "da_ddt", "sv": "sv_talbanken", "hr": "hr_set", "sr": "sr_set",
    "sk": "sk_snk",
}  # fmt: skip
NEWSPAPERS = (
    ("de", "de_lft", 0.5), ("de", "de_sbb", 0.15), ("fr", "fr_bnf", 0.45), ("nl", "nl_kb", 0.5),
)  # fmt: skip
"""(language, file, share of its articles): old newspapers in old spelling count less."""


def learned(folder: Path | None, articles: int) -> Iterator[tuple[str, Marked]]:
    """Yield (language, article) of everything that the model learns from."""
    yield from write_articles(SEED, articles)
    if folder is None:
        return
    for language, name in UNIVERSAL.items():
        path = folder / f"uner_{name}_train.iob2.gz"
        yield from ((language, article) for article in universal(path, language))
    for part in ("dev", "test"):
        path = folder / f"smartdata_de_{part}.json.gz"
        yield from (("de", article) for article in smartdata(path))
    dice = random.Random(SEED)
    for language, name, share in NEWSPAPERS:
        for article in europeana(folder / f"europeana_{name}.bio.gz", language):
            if dice.random() < share and article[1]:
                yield language, article


def examples(language: str, marked: Marked) -> Iterator[Example]:
    """Yield the features and labels of each window of an article."""
    text, entities = marked
    tokens = tokenise(text, language)
    spans = [(token.start, token.end) for token in tokens]
    labels = labelled(len(tokens), placed(spans, text, entities))
    script = main_script(text)
    if script in CASED:
        evidence = Evidence(tokens, language, script)
        for window in windows(tokens, evidence.capitals):
            yield rows(evidence, window), labels[window[0] : window[1]]


def fit(out: Path, folder: Path | None, *, articles: int, iterations: int | None = None) -> int:
    """Write the model to `out`; return how many tokens it learned from."""
    parameters = PARAMETERS | ({"max_iterations": iterations} if iterations else {})
    articles_read = learned(folder, articles)
    return train(out, parameters, chain.from_iterable(examples(*read) for read in articles_read))


def main() -> int:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path)
    here = Path(__file__).resolve().parent.parent / "world" / "data" / MODEL
    parser.add_argument("--out", type=Path, default=here)
    parser.add_argument("--articles", type=int, default=300, help="generated, for each language")
    parser.add_argument("--iterations", type=int)
    wanted = parser.parse_args()
    count = fit(wanted.out, wanted.corpora, articles=wanted.articles, iterations=wanted.iterations)
    print(f"{count} tokens")
    return 0


if __name__ == "__main__":
    sys.exit(main())
