"""Article text → quotes with speakers and entity mentions. Plain functions on plain values: no
Prefect, network, clock or database.
"""

from __future__ import annotations

from dataclasses import replace

from flows.annotate.entities.bodies import name_bodies
from flows.annotate.entities.person_attributes import bearers
from flows.annotate.model import Annotations, Mention, Quote
from flows.annotate.quotes import find_quotes
from flows.annotate.recogniser import Recogniser, house

__all__ = ["Annotations", "Mention", "Quote", "annotate", "name_entities"]


def annotate(text: str, recognise: Recogniser = house, home: str | None = None) -> Annotations:
    """Return the quotes and mentions of `text`; any text will do, and none raises.

    `recognise` finds the mentions; `home` is the code of the outlet's own country, whose bodies an
    article may name without saying so.
    """
    named = name_entities(text, recognise, home)
    return replace(named, quotes=find_quotes(text, named.mentions))


def name_entities(text: str, recognise: Recogniser = house, home: str | None = None) -> Annotations:
    """Return what `annotate` does but the quotes."""
    mentions = name_bodies(text, recognise(text), home)
    return Annotations(mentions=mentions, bearers=bearers(text, mentions))
