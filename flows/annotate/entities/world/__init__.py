"""Entities in languages other than English: a trained model where names have capitals and in
Chinese; known names and cues (titles, honorifics, endings) in other scripts.

`find_names` is the entrance. Lists and models are in `data/`.
"""

from __future__ import annotations

from flows.annotate.entities.model import covered
from flows.annotate.entities.world.characters import label_characters
from flows.annotate.entities.world.features import Evidence, rows, windows
from flows.annotate.entities.world.japanese import label_japanese
from flows.annotate.entities.world.korean import label_korean
from flows.annotate.entities.world.naming import mentions_of, uncased_mentions
from flows.annotate.entities.world.peoples import find_peoples
from flows.annotate.entities.world.scripts import CASED, main_script
from flows.annotate.entities.world.settle import settle
from flows.annotate.entities.world.spaced import label_spaced
from flows.annotate.entities.world.tagger import label
from flows.annotate.entities.world.tokens import tokenise
from flows.annotate.model import Mention

__all__ = ["find_names"]


def find_names(text: str, language: str) -> tuple[Mention, ...]:
    """Return the mentions of a text in order. They do not overlap. No text raises.

    `language` is an ISO 639-1 code; unknown ones are read as their script is.
    """
    script = main_script(text)
    if script in CASED:
        tokens = tokenise(text, language)
        evidence = Evidence(tokens, language, script)
        spans = [
            span
            for window in windows(tokens, evidence.capitals)
            for span in label(window[0], rows(evidence, window))
        ]
        settled = settle(evidence, spans)
        taken = covered(settled)
        named = sorted([*settled, *find_peoples(evidence, taken)])
        return mentions_of(text, tokens, named, script, language)
    if script == "han":
        return uncased_mentions(text, label_characters(text), "han")
    if script == "kana":
        return uncased_mentions(text, label_japanese(text), "kana")
    if script == "hangul":
        return uncased_mentions(text, label_korean(text), "hangul")
    return uncased_mentions(text, label_spaced(text, script), script)
