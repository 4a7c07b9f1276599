"""Judging segments by those around them: repeated paragraphs, lists that a stripped line introduces, bylines at the edges, orphan headings.

Each function goes once over the article's box and strips in place what the judgement of single segments (judge.py) has kept.
"""

from __future__ import annotations

import re
from collections import Counter

from flows.clean.html.context import Context, Verdict, Verdicts
from flows.clean.html.elements import HEADINGS
from flows.clean.html.prose import ends_sentence
from flows.clean.metadata.dates import parse_date
from flows.clean.metadata.words import letters

_READING_TIME = re.compile(r"\W*(?:lesezeit|lesedauer|(?:reading|read) time)?\W*\d+ ?min(?:uten?|utes?|s)?(?: read)?\.?$", re.I)

_DATED = re.compile(r"^\W*(?:[^\W\d]+\.?,? ){0,2}\d[^|/•·–-]{0,40}(?:[|/•·–-]|\d[:h.]\d\d)")
"""A long line that begins with a date and goes on behind a bar, a dash or the time of day."""

BYLINE_LENGTH = 110
"""Characters of a line that may be stripped for the name or the date in it."""

KICKERS, KICKER_WORDS = 2, 3
"""How many lines may stand before the first paragraph as kickers and labels, and how many words such a line has at most."""

ANNOUNCING = 40
"""Characters from which a line with a colon at its end announces what follows; shorter ones are labels of lists of links."""

ROW = 3
"""Headings of one level that make a row of sub-headings."""

REFRAIN = 4
"""Times that a paragraph stands in the article from which it is no copy of itself but a part of its form."""

COPY_LENGTH, COPIED = 1000, 4
"""Characters of a block from which it can be a copy of the paragraphs beside it, and how many of them it must hold."""

PULLED_LENGTH, QUOTING = 300, "\"'“”„‟»«‘’‚ .…"
"""Most characters of a pull quote, and the marks around it that its paragraph may lack."""

LISTED = HEADINGS | {"li", "dd", "dt", "blockquote", "pre"}
"""Elements whose short lines are seldom a byline."""

BIOGRAPHIES, BIOGRAPHY_LENGTH = 3, 400
"""How many of the last paragraphs may be about the authors, and how long such a paragraph is at most."""

LEADING = frozenset({"related_links", "other_stories"})
"""Reasons of lines that lead a list of links outside the article."""

GOVERNING = frozenset(
    (
        *("related_links", "other_stories", "subscription_prompt", "newsletter_teaser"),
        *("app_promotion", "comment_prompt", "advertisement", "donation_banner"),
    )
)
"""Reasons of lines that introduce a list of more of the same."""


def keep_linked(context: Context, verdicts: Verdicts) -> None:
    """Keep links that are the article's own matter: those that a sentence with a colon announces, and sub-headings of a row.

    A list of things tested or recommended links each sub-heading to the thing; a single linked heading among paragraphs is a teaser.
    """
    segments, box = context.page.segments, context.box
    rows = Counter(
        segments[at].tag for at in range(box.first, box.last) if segments[at].tag in HEADINGS and not context.zones[segments[at].box]
    )
    is_announced = False
    for at in range(box.first, box.last):
        segment, verdict = segments[at], verdicts[at]
        if verdict is None:
            is_announced = (len(segment.text) >= ANNOUNCING and segment.text[-1] in ":：") or (is_announced and segment.tag == "li")
        elif verdict[1] != "html.linked":
            is_announced = False
        else:
            is_followed = at + 1 < box.last and verdicts[at + 1] is None and context.prose.of[at + 1] > 0
            if is_announced or (is_followed and rows[segment.tag] >= ROW):
                verdicts[at] = None


def drop_repeated(context: Context, verdicts: Verdicts) -> None:
    """Strip what the article says a second time: copies for another screen, paragraph by paragraph or in one block, and pull quotes.

    What stands again and again is no copy: interviews put one question to many.
    """
    kept = [at for at in range(context.box.first, context.box.last) if verdicts[at] is None and context.prose.of[at]]
    texts = [context.page.segments[at].text for at in kept]
    quoted = [_is_quoted(context, at) for at in kept]
    times = Counter(texts)
    paragraphs = "\n".join(text for text, is_quoted in zip(texts, quoted, strict=True) if not is_quoted)
    seen: set[str] = set()
    for at, text, is_quoted in zip(kept, texts, quoted, strict=True):
        is_pulled = is_quoted and len(text) <= PULLED_LENGTH and text.strip(QUOTING) in paragraphs
        if (text in seen and times[text] < REFRAIN) or is_pulled or _is_copy(text, texts):
            verdicts[at] = ("navigation", "html.repeated")
        seen.add(text)


def _is_copy(text: str, texts: list[str]) -> bool:
    """Whether a block says in one what at least COPIED other paragraphs say, and not much more."""
    if len(text) < COPY_LENGTH:
        return False
    again = [other for other in texts if other is not text and other in text]
    return len(again) >= COPIED and sum(map(len, again)) >= len(text) / 2


def _is_quoted(context: Context, at: int) -> bool:
    """Whether a segment stands in a quotation's element."""
    boxes = context.page.boxes
    box = boxes[context.page.segments[at].box]
    return box.tag == "blockquote" or (box.parent >= 0 and boxes[box.parent].tag == "blockquote")


def drop_governed(context: Context, verdicts: Verdicts) -> None:
    """Strip the list that a stripped line introduces: "Read also:" with its items, "Subscribers get:" with theirs."""
    governing: Verdict | None = None
    for at in range(context.box.first, context.box.last):
        verdict, tag = verdicts[at], context.page.segments[at].tag
        if tag == "li":
            verdicts[at] = verdict or governing
        elif verdict is not None and verdict[0] in GOVERNING and not verdict[1].startswith("html."):
            governing = (verdict[0], "html.governed")
        else:
            governing = None


def drop_bylines(context: Context, verdicts: Verdicts) -> None:
    """Strip the lines around the article that say no more than who wrote it and when."""
    box = context.box
    body = [at for at in range(box.first, box.last) if verdicts[at] is None and context.prose.of[at]]
    if not body:
        return
    opening = body[:2][-1]  # the first paragraph may be a standfirst, with the byline under it
    for at in (*range(box.first, opening + 1), *range(body[-1] + 1, box.last)):
        segment = context.page.segments[at]
        if verdicts[at] is None and segment.tag not in LISTED and (not context.prose.of[at] or _DATED.match(segment.text)):
            verdicts[at] = _about_the_author(context, at)
    kickers = [at for at in range(box.first, body[0]) if verdicts[at] is None and _is_kicker(context, at)]
    if len(kickers) <= KICKERS:
        for at in kickers:
            verdicts[at] = ("navigation", "html.kicker")


def _is_kicker(context: Context, at: int) -> bool:
    segment = context.page.segments[at]
    if segment.tag in LISTED | {"td", "th"} or ends_sentence(segment.text):
        return False
    return len(segment.text.split()) <= KICKER_WORDS and not any(letter.isdigit() for letter in segment.text)


def drop_biographies(context: Context, verdicts: Verdicts) -> None:
    """Strip the last paragraphs that begin with the author's own name: no author writes so of himself, editors do."""
    names = [letters(name) for name in context.authors if " " in name]
    kept = [at for at in range(context.box.first, context.box.last) if verdicts[at] is None]
    for at in reversed(kept[-BIOGRAPHIES:]):
        text = context.page.segments[at].text
        if len(text) > BIOGRAPHY_LENGTH or not any(letters(text).startswith(f"{name} ") for name in names):
            return
        verdicts[at] = ("author_bio", "html.author-bio")


def name_the_led(context: Context, verdicts: Verdicts) -> None:
    """Outside the article, links go by the reason of the line that introduces them; a byline's date is a date line."""
    leading: Verdict | None = None
    for at, segment in enumerate(context.page.segments):
        verdict = verdicts[at]
        if verdict is None or verdict[1].startswith("html.governed"):
            continue
        if not verdict[1].startswith("html."):
            leading = (verdict[0], "html.governed") if verdict[0] in LEADING else None
        elif segment.tag in HEADINGS and segment.linked * 2 <= len(segment.text):
            leading = None
        elif (
            leading
            and verdict[1] in ("html.after-article", "html.linked", "html.zone.other_stories")
            and segment.linked * 2 > len(segment.text)
        ):
            verdicts[at] = leading
        elif verdict[0] == "byline" or verdict[1] == "html.before-article":
            verdicts[at] = _about_the_author(context, at) or verdict


def _about_the_author(context: Context, at: int) -> Verdict | None:
    """The verdict of a segment that names the author or says a date and nothing else; None for all others."""
    text = _READING_TIME.sub("", context.page.segments[at].text)
    words = f" {letters(text)} "
    is_named = any(f" {letters(name)} " in words for name in context.authors)
    if is_named and context.prose.of[at] and ends_sentence(text):
        return "author_bio", "html.author-bio"
    if len(text) > BYLINE_LENGTH or ends_sentence(text):
        return None
    if is_named:
        return "byline", "html.byline"
    return ("date_line", "html.date-line") if parse_date(text) is not None else None


def drop_orphan_headings(context: Context, verdicts: Verdicts) -> None:
    """Strip headings under which nothing of the article is left."""
    has_text, level = False, ""
    for at in range(context.box.last - 1, context.box.first - 1, -1):
        tag = context.page.segments[at].tag
        if verdicts[at] is not None:
            continue
        if tag not in HEADINGS:
            has_text = True
        elif has_text or (level and tag < level):
            has_text, level = False, tag
        else:
            verdicts[at] = ("related_links", "html.orphan-heading")
