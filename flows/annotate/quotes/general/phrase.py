"""A noun phrase that may name a speaker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flows.annotate.quotes.tokens import Token


class Phrase(NamedTuple):
    """Tokens `first:last` (exclusive) of a phrase.

    `name` is the part that names somebody, None where it is a mere office or a body; `gender` is
    "he", "she" or ""; a `pronoun` stands for somebody named before; `is_bare` says that a phrase is
    one office without complement ("the minister"). `is_governed` says that a preposition stands
    before it, `is_body` that the phrase is about an organisation. `speakers` are the phrases of
    those who speak together.
    """

    first: int
    last: int
    name: str | None = None
    gender: str = ""
    is_pronoun: bool = False
    is_plural: bool = False
    is_bare: bool = False
    has_role: bool = False
    is_governed: bool = False
    is_body: bool = False
    speakers: tuple[Phrase, ...] = ()

    @property
    def is_somebody(self) -> bool:
        """Whether the phrase stands for a person or an organisation, not for a thing."""
        return bool(self.name) or self.has_role or self.is_pronoun or self.is_body

    def span(self, tokens: Sequence[Token]) -> tuple[int, int]:
        """Return the characters (start, end) of the phrase; a pronoun glued to its verb loses the
        hyphens before it ("a-t-elle").
        """
        first = tokens[self.first]
        start, end = first.start, tokens[self.last - 1].end
        if self.is_pronoun and first.text.startswith("-"):
            start += 3 if first.low.startswith("-t-") else 1
        return start, end
