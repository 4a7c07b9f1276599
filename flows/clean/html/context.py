"""What is known of a page while its segments are classified, and what a verdict is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flows.clean.html.prose import Prose
from flows.clean.html.segments import Box, Page
from flows.clean.rules import RuleBook

Verdict = tuple[str, str]
"""(reason, rule) of a stripped segment; a kept one has None."""

Verdicts = list[Verdict | None]
"""One verdict a segment of the page, in reading order."""


@dataclass(frozen=True, slots=True)
class Context:
    """A page, what its metadata say, the rules, and where headline (a segment) and article (a box)
    were found; -1 where they were not.
    """

    page: Page
    prose: Prose
    zones: list[str | None]
    article: int
    headline: int
    book: RuleBook
    title: str | None = None
    authors: tuple[str, ...] = ()
    description: str | None = None
    language: str | None = None
    site: str | None = None
    subjects: Callable[[], frozenset[str]] = frozenset

    @property
    def box(self) -> Box:
        """The article's box."""
        return self.page.boxes[self.article]
