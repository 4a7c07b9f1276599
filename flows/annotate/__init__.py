"""Article text → quotes with speakers and entity mentions. Plain functions on plain values: no
Prefect, network, clock or database.
"""

from __future__ import annotations

import re
from dataclasses import replace

from flows.annotate.entities.bodies import name_bodies
from flows.annotate.entities.person_attributes import bearers
from flows.annotate.languages.detect import ENGLISH, detect
from flows.annotate.languages.parts import parts
from flows.annotate.model import Annotations, Mention, Quote
from flows.annotate.names.origins import name_origins
from flows.annotate.names.people import called_by_surname
from flows.annotate.names.roles import name_roles
from flows.annotate.quotes import find_quotes
from flows.annotate.recogniser import Recogniser, builtin

__all__ = ["Annotations", "Mention", "Quote", "annotate", "encodable", "name_entities"]

_SURROGATE = re.compile("[\ud800-\udfff]")


def encodable(text: str) -> str:
    """Return a text that can be written: half of a surrogate pair becomes the replacement
    character, so that offsets stay.
    """
    return _SURROGATE.sub("\ufffd", text)


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
    text = encodable(text)
    divided = parts(text, detect(text, language))
    named = _name(text, divided, recognise, home)
    found: list[Quote] = []
    for code, part in divided.items():
        quotes = find_quotes(part, _within(named.mentions, part), code)
        if code == ENGLISH:  # offices are compared by their English words
            quotes = name_roles(text, quotes, named.mentions, named.bearers)
        found += quotes
    return replace(named, quotes=tuple(sorted(found, key=lambda quote: quote.start)))


def name_entities(
    text: str,
    recognise: Recogniser = builtin,
    home: str | None = None,
    language: str | None = None,
) -> Annotations:
    """Return what `annotate` does, without the quotes."""
    text = encodable(text)
    return _name(text, parts(text, detect(text, language)), recognise, home)


def _name(
    text: str, divided: dict[str, str], recognise: Recogniser, home: str | None
) -> Annotations:
    """Return `annotate` without the quotes; `divided` has the parts of `text` by language."""
    found = [mention for code, part in divided.items() for mention in recognise(part, code)]
    if len(divided) > 1:
        found.sort(key=lambda mention: mention.start)
    mentions = name_bodies(text, tuple(found), home)
    said = {**bearers(text, mentions), **called_by_surname(text, mentions)}
    if ENGLISH in divided:
        mentions = name_origins(divided[ENGLISH], mentions, said)
    return Annotations(mentions=mentions, bearers=said)


def _within(mentions: tuple[Mention, ...], part: str) -> tuple[Mention, ...]:
    """Return the mentions that stand in a part of the text."""
    return tuple(m for m in mentions if not part[m.start : m.end].isspace())
