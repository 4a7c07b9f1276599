"""Article text → mentions of people, organisations, places and groups, each with the fullest name
that the article gives.

The stages in order: tokens, runs of capitals, evidence of the article, labels, edges, certain
types, agreement, names. `flows.link` joins entities across articles.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.annotate.entities.agree import agree
from flows.annotate.entities.article import Article
from flows.annotate.entities.certain import settle
from flows.annotate.entities.edges import trim_edges
from flows.annotate.entities.features import run_features
from flows.annotate.entities.lexicon import lexicon
from flows.annotate.entities.model import label_run
from flows.annotate.entities.resolve import resolve
from flows.annotate.entities.runs import find_runs, may_name
from flows.annotate.entities.tokens import Token, tokenise
from flows.annotate.model import Mention

__all__ = ["find_mentions"]


def find_mentions(text: str) -> tuple[Mention, ...]:
    """Return the mentions of an English text in order. They do not overlap. No text raises."""
    known = lexicon()
    tokens = tokenise(text, known)
    runs = find_runs(tokens, known)
    article = Article(tokens, runs, known)
    spans = [
        span
        for run in runs
        if may_name(tokens, run, known)
        for span in label_run(run.first, run_features(tokens, run, article))
    ]
    spans = list(trim_edges(tokens, spans, known))
    spans = settle(tokens, spans, article, known)
    spans = agree(tokens, spans, article, known)
    return resolve(
        text,
        [(tokens[span.first].start, _end(tokens, span.last), span.label) for span in spans],
        known,
    )


def _end(tokens: Sequence[Token], last: int) -> int:
    """Return the offset where a mention ends whose tokens end at `last`: "Ada Quill Jr." has its
    full stop.
    """
    token = tokens[last - 1]
    is_short = token.text in ("Jr", "Sr") and last < len(tokens) and tokens[last].text == "."
    return tokens[last].end if is_short else token.end
