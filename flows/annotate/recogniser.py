"""Which recogniser finds the mentions: the builtin one, or an installed spaCy pipeline.

The tables are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

from flows.annotate.entities import find_mentions
from flows.annotate.entities.lexicon import lexicon
from flows.annotate.entities.resolve import resolve
from flows.annotate.entities.world import find_names
from flows.annotate.model import Mention

Recogniser = Callable[[str, str], tuple[Mention, ...]]
"""From a text and the ISO 639-1 code of its language to its mentions."""

BUILTIN = "builtin"
"""The name of our own recogniser, the default."""

SPACY_LABELS = {
    "PERSON": "PERSON",
    "PER": "PERSON",
    "ORG": "ORG",
    "GPE": "GPE",
    "LOC": "LOC",
    "FAC": "LOC",
    "NORP": "NORP",
    "EVENT": "EVENT",
    "PRODUCT": "MISC",
    "WORK_OF_ART": "MISC",
    "LAW": "MISC",
    "MISC": "MISC",
}
"""spaCy's labels (OntoNotes and the four of WikiNER) and ours; dates, numbers and languages are no
entities here.
"""

MAX_SPACY = 900_000
"""Characters that a pipeline is given: spaCy refuses a million and more."""


class RecogniserError(Exception):
    """The recogniser asked for is not there; the message says how to install it."""


def builtin(text: str, language: str) -> tuple[Mention, ...]:
    """Return the mentions of `text` as our own recogniser finds them.

    English texts have a recogniser of their own, all other languages share one.
    """
    return find_mentions(text) if language == "en" else find_names(text, language)


@cache
def load_recogniser(name: str = BUILTIN) -> Recogniser:
    """Return the recogniser called `name`: `builtin`, or `spacy:PIPELINE` with an installed
    pipeline's name or a folder.

    Raises RecogniserError where it is unknown or not installed.
    """
    if name == BUILTIN:
        return builtin
    kind, _, pipeline = name.partition(":")
    if kind != "spacy" or not pipeline:
        raise RecogniserError(
            f"Unknown recogniser {name!r}: give 'builtin' or 'spacy:PIPELINE', such as"
            " spacy:en_core_web_sm"
        )
    try:
        spacy = import_module("spacy")
    except ImportError as error:
        raise RecogniserError(f"{name} needs spaCy: pip install 'newsduck[spacy]'") from error
    try:
        nlp = spacy.load(pipeline, exclude=["lemmatizer", "textcat"])
    except (OSError, ValueError) as error:
        raise RecogniserError(
            f"spaCy has no pipeline {pipeline!r}: python -m spacy download {pipeline}"
        ) from error

    def recognise(text: str, language: str) -> tuple[Mention, ...]:
        found = nlp(text[:MAX_SPACY]).ents
        spans = [
            (e.start_char, e.end_char, SPACY_LABELS[e.label_])
            for e in found
            if e.label_ in SPACY_LABELS and e.text.strip()
        ]
        return resolve(text, spans, lexicon())

    return recognise
