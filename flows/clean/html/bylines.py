"""Bylines: the lines at the article's edges that say no more than who wrote it and when, and the
paragraphs about the authors.

Each `drop_` function goes once over the article's box and strips, in place, segments that
classify_segments.py has kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from flows.clean.html.context import Context, Verdict, Verdicts
from flows.clean.html.elements import HEADINGS
from flows.clean.html.prose import ends_sentence
from flows.clean.metadata.dates import beside_dates, parse_date
from flows.clean.metadata.words import letters
from flows.clean.wording import wording

_READING_TIME = wording("html", "bylines.reading_time")

_DATED = re.compile(r"^\W*(?:[^\W\d]+\.?,? ){0,2}\d[^|/•·–-]{0,40}(?:[|/•·–-]|\d[:h.時]\d\d)")
"""A long line that begins with a date and goes on behind a bar, a dash or the time of day."""

_ANSWER = re.compile(r"[^\W\d_][\w ]{1,20}: ?\S")
"""A label with its value."""

MAX_BYLINE = 110
"""Characters of a line that may be stripped for the name or the date in it."""

MAX_KICKERS, MAX_KICKER_WORDS = 2, 3
"""How many lines may stand before the first paragraph as kickers and labels, and how many words
such a line has at most.
"""

LISTED = HEADINGS | {"li", "dd", "dt", "blockquote", "pre", "tr"}
"""Elements whose short lines are seldom a byline."""

MAX_BIOGRAPHIES, MAX_BIOGRAPHY = 3, 400
"""How many of the last paragraphs may be about the authors, and how long such a paragraph is at
most.
"""


def drop_bylines(context: Context, verdicts: Verdicts) -> None:
    """Strip the lines around the article that say no more than who wrote it and when."""
    box = context.box
    body = [
        at for at in range(box.first, box.last) if verdicts[at] is None and context.prose.of[at]
    ]
    if not body:
        return
    opening = body[:2][-1]  # the first paragraph may be a standfirst, with the byline under it
    for at in (*range(box.first, opening + 1), *range(body[-1] + 1, box.last)):
        segment = context.page.segments[at]
        if (
            verdicts[at] is None
            and segment.tag not in LISTED
            and (not context.prose.of[at] or _DATED.match(segment.text))
        ):
            verdicts[at] = about_the_author(context, at)
    labels = Counter(context.page.segments[at].text for at in range(box.first, box.last))
    kickers = [
        at
        for at in range(box.first, body[0])
        if verdicts[at] is None
        and _is_kicker(context, at)
        and labels[context.page.segments[at].text] == 1  # speakers of a debate stand again
    ]
    if len(kickers) <= MAX_KICKERS:
        for at in kickers:
            verdicts[at] = ("navigation", "html.kicker")


def _is_kicker(context: Context, at: int) -> bool:
    segment = context.page.segments[at]
    if segment.tag in LISTED | {"td", "th"} or ends_sentence(segment.text):
        return False
    if _ANSWER.match(segment.text):  # "Name: Ashley" in a questionnaire
        return False
    return len(segment.text.split()) <= MAX_KICKER_WORDS and not any(
        letter.isdigit() for letter in segment.text
    )


def drop_biographies(context: Context, verdicts: Verdicts) -> None:
    """Strip the last paragraphs that begin with the author's own name: no author writes so of
    himself, editors do.
    """
    names = [letters(name) for name in context.authors if " " in name]
    kept = [at for at in range(context.box.first, context.box.last) if verdicts[at] is None]
    for at in reversed(kept[-MAX_BIOGRAPHIES:]):
        text = context.page.segments[at].text
        if len(text) > MAX_BIOGRAPHY or not any(
            letters(text).startswith(f"{name} ") for name in names
        ):
            return
        verdicts[at] = ("author_bio", "html.author-bio")


def about_the_author(context: Context, at: int) -> Verdict | None:
    """The verdict of a segment that names the author or says a date and nothing else; None for all
    others.
    """
    text = _READING_TIME.sub("", context.page.segments[at].text)
    is_named = bool(context.authors) and _names_any(text, context.authors)
    if is_named and context.prose.of[at] and ends_sentence(text):
        return "author_bio", "html.author-bio"
    if len(text) > MAX_BYLINE:
        return None
    if ends_sentence(text):  # "2031. október 7."
        count, rest = beside_dates(text) if text[:3].strip(" (").isdigit() else (0, text)
        is_date = count == 1 and not any(letter.isalpha() for letter in rest)
        return ("date_line", "html.date-line") if is_date else None
    if is_named:
        return "byline", "html.byline"
    return ("date_line", "html.date-line") if parse_date(text) is not None else None


def _names_any(text: str, names: Sequence[str]) -> bool:
    words = f" {letters(text)} "
    return any(f" {letters(name)} " in words for name in names)
