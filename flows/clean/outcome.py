"""Pages that are no article: which kind they are, with a detail that a person can read. Used by both rooms."""

from __future__ import annotations

from flows.clean.html.segments import Page
from flows.clean.metadata import Metadata

MIN_LENGTH = 80
"""Characters of kept text below which there is no article to speak of; the shortest real news items have two sentences."""


def judge_outcome(kept: list[str], page: Page, about: Metadata, *, status: int | None, url: str | None) -> tuple[str, str]:
    """Return (outcome, detail)."""
    size = sum(map(len, kept))
    if not page.segments:
        return "empty", "the page shows no text"
    if size < MIN_LENGTH:
        return "too_short", f"only {size} characters of article text"
    return "article", ""
