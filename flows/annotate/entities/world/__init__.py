"""Entities in languages other than English: a trained model where names have capitals, known names
and cues (titles, honorifics) in other scripts.

`find_names` is the entrance. Lists and the model are in `data/`.
"""

from __future__ import annotations

from flows.annotate.entities.world.features import Evidence, rows, windows
from flows.annotate.entities.world.naming import mentions_of
from flows.annotate.entities.world.scripts import CASED, main_script
from flows.annotate.entities.world.settle import settle
from flows.annotate.entities.world.tagger import label
from flows.annotate.entities.world.tokens import tokenise
from flows.annotate.model import Mention

__all__ = ["find_names"]


def find_names(text: str, language: str) -> tuple[Mention, ...]:
    """Return the mentions of a text in order. They do not overlap. No text raises.

    `language` is an ISO 639-1 code; unknown ones are read as their script is.
    """
    script = main_script(text)
    if script not in CASED:
        return ()
    tokens = tokenise(text, language)
    evidence = Evidence(tokens, language, script)
    spans = [
        span for window in windows(tokens) for span in label(window[0], rows(evidence, window))
    ]
    return mentions_of(text, tokens, settle(evidence, spans), script, language)
