"""What annotating costs in each language, beside English: CPU microseconds a character.

python -m tests.bench.languages            all languages that have a folder
python -m tests.bench.languages de fr ru

The texts are the examples of the folders, up to the same number of characters in each language.
Rounds are interleaved, and the best of them counts. Scripts that write a story in fewer characters
(Chinese, Japanese, Korean) cost more a character and less a page.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import accumulate, cycle
from time import process_time

from flows.annotate import annotate
from flows.annotate.languages.load import codes, examples
from tests.bench.words import parser_of

ARTICLE = 3_000
"""Characters of a text, about those of a news article."""

TEXTS = 20
ROUNDS = 4
ENGLISH = "en"


def articles(code: str, count: int = TEXTS) -> list[str]:
    """Return texts of ARTICLE characters made of a language's examples, each from another on."""
    shown = [example["text"] for example in examples(code)]
    found = []
    for first in range(count):
        turned = cycle(shown[first % len(shown) :] + shown[: first % len(shown)])
        grown = accumulate(turned, lambda text, more: f"{text}\n\n{more}")
        found.append(next(text for text in grown if len(text) >= ARTICLE)[:ARTICLE])
    return found


def costs(asked: Sequence[str], rounds: int = ROUNDS) -> dict[str, float]:
    """Return CPU seconds for the texts of each language: the best of the rounds."""
    texts = {code: articles(code) for code in asked}
    best = dict.fromkeys(asked, float("inf"))
    for text in (some[0] for some in texts.values()):
        annotate(text)  # lists and models are loaded
    for _ in range(rounds):
        for code, some in texts.items():
            start = process_time()
            for text in some:
                annotate(text, language=code)
            best[code] = min(best[code], process_time() - start)
    return best


def main(words: Sequence[str]) -> None:
    """Measure and print a language a line."""
    parser = parser_of(__doc__)
    parser.add_argument("codes", nargs="*", metavar="CODE")
    asked = parser.parse_args(words).codes
    if unknown := set(asked) - set(codes()):
        parser.error(f"no folder of a language: {', '.join(sorted(unknown))}")
    found = costs([ENGLISH, *(code for code in asked or codes() if code != ENGLISH)])
    for code, seconds in found.items():
        micro = seconds * 1e6 / (TEXTS * ARTICLE)
        print(f"{code}  {micro:5.2f} µs a character  {seconds / found[ENGLISH]:5.2f} of English")


if __name__ == "__main__":
    main(sys.argv[1:])
