"""Articles about cookies, newsletters, donations, subscriptions or advertising: their paragraphs
hold the words of the notices that sites print about the same things.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from flows.clean.rulebook.book import folded
from flows.clean.wording import small, small_wording, wording

SUBJECTS = (
    *("cookie_notice", "newsletter_teaser", "donation_banner", "subscription_prompt"),
    *("advertisement", "app_promotion"),
)
"""Reasons of blocks that speak of what articles may be about too."""

PROMPTS = frozenset((*SUBJECTS, "comment_prompt"))
"""Reasons of blocks in which a site speaks to its readers."""

MIN_REPORTED = 60
"""Characters of a sentence in which somebody is said to speak; prompts that report are longer."""

MIN_SHARE, MIN_PARAGRAPHS = 0.25, 3
"""Share of the article's paragraphs, and their number, that speak of a subject of the article."""

_REPORTED = small_wording(".", "subjects.reported")
_TITLE_MARK = re.compile(r"[:|>»→]")
_REQUEST = wording(".", "subjects.request")
_OWN_VOICE = small_wording(".", "subjects.own_voice")
_TO_READER = wording(".", "subjects.to_reader")


def subjects_of(title: str | None, paragraphs: Iterable[str]) -> frozenset[str]:
    """Return the reasons whose notices speak of what this article is about, by its title or by a
    good part of its paragraphs.
    """
    texts, heading = [small(text) for text in paragraphs], small(title or "")
    found = set()
    for reason, words in _subject_words().items():
        said = sum(1 for text in texts if words.search(text))
        if words.search(heading) or (said >= MIN_PARAGRAPHS and said >= MIN_SHARE * len(texts)):
            found.add(reason)
    return frozenset(found)


def is_reported(text: str) -> bool:
    """Whether a block is a sentence that reports what somebody said or what happened."""
    return len(text) >= MIN_REPORTED and bool(_REPORTED.search(small(folded(text))))


def reports_request(text: str) -> bool:
    """Whether a block that begins as a pointer reports what somebody asked others to do ("Read more
    books, the minister told pupils"); a pointer's own title stands behind a mark.
    """
    return text[-1:] in ".!?”»" and not _TITLE_MARK.search(text[:60]) and is_reported(text)


def is_told(text: str) -> bool:
    """Whether a block tells of something: it asks nothing of its reader, and the site itself does
    not speak in it.
    """
    return len(text) >= MIN_REPORTED and not (is_addressed(text) or _REQUEST.match(folded(text)))


def speaks_for_site(text: str) -> bool:
    """Whether a block speaks in the site's own voice: "we", "our", "this site"."""
    return bool(_OWN_VOICE.search(small(folded(text))))


def is_addressed(text: str) -> bool:
    """Whether a block speaks to its reader, or in the site's own voice."""
    return speaks_for_site(text) or bool(_TO_READER.search(folded(text)))


@cache
def _subject_words() -> dict[str, re.Pattern[str]]:
    return {reason: small_wording(".", f"subjects.{reason}") for reason in SUBJECTS}
