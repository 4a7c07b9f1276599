"""Quotations of one text: their spans, who said them, and by which words the text says so."""

from __future__ import annotations

from collections.abc import Sequence

from flows.annotate.model import Mention, Quote


def find_quotes(text: str, mentions: Sequence[Mention]) -> tuple[Quote, ...]:
    """Return the quotations of `text` in order of `start`; `mentions` are the entities found in the same text."""
    return ()
