"""Article text → quotes with speakers and entity mentions. Plain functions on plain values: no Prefect, network, clock or database."""

from __future__ import annotations

from flows.annotate.entities import find_mentions
from flows.annotate.model import Annotations, Mention, Quote
from flows.annotate.quotes import find_quotes

__all__ = ["Annotations", "Mention", "Quote", "annotate"]


def annotate(text: str) -> Annotations:
    """Return the quotes and mentions of `text`; any text will do, and none raises."""
    mentions = find_mentions(text)
    return Annotations(quotes=find_quotes(text, mentions), mentions=mentions)
