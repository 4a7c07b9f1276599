"""Article text → quotes with speakers and entity mentions. Plain functions on plain values: no
Prefect, network, clock or database.
"""

from __future__ import annotations

from dataclasses import replace

from flows.annotate.entities.bodies import name_bodies
from flows.annotate.entities.person_attributes import bearers
from flows.annotate.languages import detect
from flows.annotate.model import Annotations, Mention, Quote
from flows.annotate.names.people import called_by_surname
from flows.annotate.names.roles import name_roles
from flows.annotate.quotes import find_quotes
from flows.annotate.recogniser import Recogniser, builtin

__all__ = ["Annotations", "Mention", "Quote", "annotate", "name_entities"]


def annotate(
    text: str,
    recognise: Recogniser = builtin,
    home: str | None = None,
    language: str | None = None,
) -> Annotations:
    """Return the quotes and mentions of `text`. No text raises.

    `recognise` finds the mentions. `home` is the country code of the outlet: an article may name
    the bodies of that country without naming the country. `language` is the article's language as
    an ISO 639 code, None where it is to be detected.
    """
    code = detect(text, language)
    named = name_entities(text, recognise, home, code)
    quotes = find_quotes(text, named.mentions, code)
    return replace(named, quotes=name_roles(text, quotes, named.mentions, named.bearers))


def name_entities(
    text: str,
    recognise: Recogniser = builtin,
    home: str | None = None,
    language: str | None = None,
) -> Annotations:
    """Return what `annotate` does, without the quotes."""
    mentions = name_bodies(text, recognise(text, detect(text, language)), home)
    return Annotations(
        mentions=mentions, bearers={**bearers(text, mentions), **called_by_surname(text, mentions)}
    )
