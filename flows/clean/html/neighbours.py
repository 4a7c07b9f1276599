"""Links and headings classified by their neighbours: what a kept or a stripped line introduces, and
headings over nothing.

Each function goes once over the segments and changes the verdicts of classify_segments.py in
place.
"""

from __future__ import annotations

from collections import Counter

from flows.clean.html.bylines import about_the_author
from flows.clean.html.context import Context, Verdict, Verdicts
from flows.clean.html.elements import HEADINGS
from flows.clean.html.prose import ends_sentence

MIN_ANNOUNCING = 40
"""Characters from which a line with a colon at its end announces what follows; shorter ones are
labels of lists of links.
"""

MIN_PARAGRAPH = 90
"""Characters of a sentence that is a paragraph though its element is a heading."""

MIN_ROW = 3
"""Headings of one level that make a row of sub-headings."""

LEADING = frozenset({"related_links", "other_stories"})
"""Reasons of lines that lead a list of links outside the article."""

GOVERNING = frozenset(
    (
        *("related_links", "other_stories", "subscription_prompt", "newsletter_teaser"),
        *("app_promotion", "comment_prompt", "donation_banner"),
    )
)
"""Reasons of lines that introduce a list of more of the same."""


def keep_linked(context: Context, verdicts: Verdicts) -> None:
    """Keep links that are the article's own matter: those that a sentence with a colon announces,
    and sub-headings of a row.

    A list of things tested or recommended links each sub-heading to the thing; a single linked
    heading among paragraphs is a teaser.
    """
    segments, box = context.page.segments, context.box
    rows = Counter(
        segments[at].tag
        for at in range(box.first, box.last)
        if segments[at].tag in HEADINGS and not context.zones[segments[at].box]
    )
    is_announced = False
    for at in range(box.first, box.last):
        segment, verdict = segments[at], verdicts[at]
        if verdict is None:
            is_announced = (len(segment.text) >= MIN_ANNOUNCING and segment.text[-1] in ":：") or (
                is_announced and segment.tag == "li"
            )
        elif verdict[1] != "html.linked":
            is_announced = False
        else:
            is_followed = (
                at + 1 < box.last and verdicts[at + 1] is None and context.prose.of[at + 1] > 0
            )
            if is_announced or (is_followed and rows[segment.tag] >= MIN_ROW):
                verdicts[at] = None


def drop_governed(context: Context, verdicts: Verdicts) -> None:
    """Strip the list that a stripped line introduces: "Read also:" with its items, "Subscribers
    get:" with theirs.
    """
    governing: Verdict | None = None
    for at in range(context.box.first, context.box.last):
        verdict, tag = verdicts[at], context.page.segments[at].tag
        if tag == "li":
            verdicts[at] = verdict or governing
        elif verdict is not None and verdict[0] in GOVERNING and not verdict[1].startswith("html."):
            governing = (verdict[0], "html.governed")
        else:
            governing = None


def name_the_led(context: Context, verdicts: Verdicts) -> None:
    """Outside the article, links go by the reason of the line that introduces them; a byline's date
    is a date line.
    """
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
            verdicts[at] = about_the_author(context, at) or verdict


def _is_paragraph(text: str) -> bool:
    """Whether a heading element holds a paragraph: some editors set their text so."""
    return len(text) >= MIN_PARAGRAPH and ends_sentence(text)


def drop_orphan_headings(context: Context, verdicts: Verdicts) -> None:
    """Strip headings under which nothing of the article is left."""
    has_text, level = False, ""
    for at in range(context.box.last - 1, context.box.first - 1, -1):
        tag = context.page.segments[at].tag
        if verdicts[at] is not None:
            continue
        if tag not in HEADINGS or _is_paragraph(context.page.segments[at].text):
            has_text = True
        elif has_text or (level and tag < level):
            has_text, level = False, tag
        else:
            verdicts[at] = ("related_links", "html.orphan-heading")
