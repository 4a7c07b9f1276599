"""What becomes of each segment of a page: kept as the article's, or stripped with a reason and the rule that decided.

Structure speaks first (where a segment stands, its zone, its links, its neighbours), the words of the rule book last.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from flows.clean.html.article import ends_sentence
from flows.clean.html.segments import HEADINGS, Page, Segment
from flows.clean.html.standfirst import OPENING, find_standfirst
from flows.clean.metadata.dates import parse_date
from flows.clean.metadata.words import letters
from flows.clean.rules import RuleBook

LINKED_SHARE = 0.75
"""Share of a segment's characters inside links from which it is a pointer to somewhere else."""

TAIL_SHARE = 0.9
"""Share of the article's prose after which a segment stands at its tail."""

BYLINE_LENGTH = 110
"""Characters of a line that may be stripped for the name or the date in it."""

LISTED = HEADINGS | {"li", "td", "th", "dd", "dt", "blockquote", "pre"}

GOVERNING = frozenset(
    "related_links other_stories subscription_prompt newsletter_teaser app_promotion comment_prompt advertisement donation_banner".split()
)
"""Reasons of lines that introduce a list of more of the same."""

Verdict = tuple[str, str]
"""(reason, rule) of a stripped segment."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the judgement of one page knows: the page, its prose weights and zones, the article's box, and its headline."""

    page: Page
    prose: list[int]
    zones: list[str | None]
    box: int
    title: str | None
    language: str | None
    site: str | None
    book: RuleBook
    authors: tuple[str, ...] = ()
    headline: int = -1
    description: str | None = None


def judge(context: Context) -> list[Verdict | None]:
    """Return one verdict a segment: None where it is kept."""
    page, box = context.page, context.page.boxes[context.box]
    verdicts = [_outside(context, at) for at in range(len(page.segments))]
    seen = list(accumulate(context.prose[box.first : box.last]))
    total = seen[-1] if seen else 0
    has_prose = False
    for at in range(box.first, box.last):
        share = seen[at - box.first] / total if total else 0.0
        where: Literal["head", "body", "tail"] = "head" if not has_prose else "tail" if share >= TAIL_SHARE else "body"
        verdicts[at] = _inside(context, page.segments[at], where)
        has_prose = has_prose or (verdicts[at] is None and context.prose[at] > 0)
    _drop_repeated(context, verdicts)
    _drop_governed(context, verdicts)
    _drop_bylines(context, verdicts)
    opening = " ".join(letters(page.segments[at].text) for at in range(box.first, box.last) if verdicts[at] is None)[:3000]
    for at in find_standfirst(page, context.zones, context.headline, box.first, context.description):
        text = page.segments[at].text
        if letters(text)[:OPENING] not in opening and not context.book.match(text, where="head", language=context.language, site=context.site):
            verdicts[at] = None
    _drop_orphan_headings(context, verdicts)
    return verdicts


def _outside(context: Context, at: int) -> Verdict:
    segment = context.page.segments[at]
    zone = context.zones[segment.box] if segment.box >= 0 else None
    if zone and zone != "hidden":
        return zone, f"html.zone.{zone}"
    if at < context.page.boxes[context.box].first:
        return "navigation", "html.before-article"
    return "other_stories", "html.after-article"


def _inside(context: Context, segment: Segment, where: Literal["head", "body", "tail"]) -> Verdict | None:
    zone = context.zones[segment.box] if segment.box >= 0 else None
    if zone:
        return ("navigation", "html.hidden") if zone == "hidden" else (zone, f"html.zone.{zone}")
    if segment.tag == "h1" or (context.title and letters(segment.text) == letters(context.title)):
        return "navigation", "html.headline"
    size = len(segment.text)
    if segment.links and segment.linked >= LINKED_SHARE * size:
        return "related_links", "html.linked"
    rule = context.book.match(segment.text, where=where, language=context.language, site=context.site)
    return (rule.reason, rule.id) if rule else None


def _drop_repeated(context: Context, verdicts: list[Verdict | None]) -> None:
    """Strip paragraphs that stand in the article a second time: pull quotes, and copies for another screen."""
    box = context.page.boxes[context.box]
    seen: set[str] = set()
    for at in range(box.first, box.last):
        segment = context.page.segments[at]
        if verdicts[at] is None and context.prose[at]:
            if segment.text in seen:
                verdicts[at] = ("navigation", "html.repeated")
            seen.add(segment.text)


def _drop_governed(context: Context, verdicts: list[Verdict | None]) -> None:
    """Strip the list that a stripped line introduces: "Read also:" with its items, "Subscribers get:" with theirs."""
    box = context.page.boxes[context.box]
    governing: Verdict | None = None
    for at in range(box.first, box.last):
        verdict, segment = verdicts[at], context.page.segments[at]
        if verdict is None and segment.tag == "li" and governing:
            verdicts[at] = governing
        elif segment.tag != "li":
            is_rule = verdict is not None and verdict[0] in GOVERNING and not verdict[1].startswith("html.")
            governing = (verdict[0], "html.governed") if verdict is not None and is_rule else None


def _drop_bylines(context: Context, verdicts: list[Verdict | None]) -> None:
    """Strip the lines around the article that say no more than who wrote it and when."""
    box = context.page.boxes[context.box]
    body = [at for at in range(box.first, box.last) if verdicts[at] is None and context.prose[at]]
    if not body:
        return
    names = [letters(name) for name in context.authors]
    for at in (*range(box.first, body[0]), *range(body[-1] + 1, box.last)):
        segment = context.page.segments[at]
        if verdicts[at] is not None or len(segment.text) > BYLINE_LENGTH or ends_sentence(segment.text) or segment.tag in LISTED:
            continue
        words = letters(segment.text)
        if any(name in words for name in names):
            verdicts[at] = ("byline", "html.byline")
        elif parse_date(segment.text) is not None:
            verdicts[at] = ("date_line", "html.date-line")


def _drop_orphan_headings(context: Context, verdicts: list[Verdict | None]) -> None:
    """Strip headings under which nothing of the article is left."""
    box = context.page.boxes[context.box]
    follows, level = False, ""
    for at in range(box.last - 1, box.first - 1, -1):
        segment = context.page.segments[at]
        if verdicts[at] is not None:
            continue
        if segment.tag not in HEADINGS:
            follows = True
        elif not follows and not (level and segment.tag < level):
            verdicts[at] = ("related_links", "html.orphan-heading")
        else:
            follows, level = False, segment.tag
