"""What becomes of each segment of a page: kept as the article's, or stripped with a reason and the
rule that decided.

Structure speaks first (where a segment stands, its zone, its links), then the words of the rule
book, then what stands around it (neighbours.py, bylines.py) and what is said twice or under a
picture (repeats.py, captions.py).
"""

from __future__ import annotations

from typing import Literal

from lxml.html import HtmlElement

from flows.clean.html.bylines import drop_biographies, drop_bylines
from flows.clean.html.captions import drop_captions
from flows.clean.html.comments import drop_comments
from flows.clean.html.context import Context, Verdict, Verdicts
from flows.clean.html.elements import HEADINGS
from flows.clean.html.fact_boxes import drop_closing_fact_boxes
from flows.clean.html.neighbours import (
    drop_governed,
    drop_orphan_headings,
    keep_linked,
    name_the_led,
)
from flows.clean.html.pictures import is_near_picture
from flows.clean.html.prose import ends_sentence
from flows.clean.html.repeats import drop_repeated
from flows.clean.html.standfirst import DECKS_IN, OPENING, find_standfirst
from flows.clean.metadata.words import letters
from flows.clean.rules import Rule
from flows.clean.selectors import compile_selector, elements_of
from flows.clean.subjects import PROMPTS, is_reported, is_told, reports_request, speaks_for_site

MIN_LINKED_SHARE = 0.75
"""Share of a segment's characters inside links from which it is a pointer to somewhere else."""

CELLS = frozenset({"td", "th", "tr", "caption"})
"""Elements that are the article's own even where all their words are a link."""

MIN_TAIL_SHARE = 0.9
"""Share of the article's prose after which a segment stands at its tail."""

MAX_REPEAT_SPAN = 3000
"""Characters of the article's beginning in which a standfirst is looked for, so that it does not
stand twice.
"""

VAGUE = frozenset(
    {None, "navigation", "other_stories", "copyright_footer", "share_buttons", "advertisement"}
)
"""Zones (or none) that hold texts of many kinds, which the rule book may know better."""

MIN_LONG = 160
"""Characters from which a paragraph in the middle of an article is its own, whatever words stand in
it,
"""

SURE = frozenset({"donation_banner", "newsletter_teaser", "cookie_notice", "syndication_notice"})
"""unless they are those of a banner: banners are long and stand between paragraphs."""

AT_ANY_PLACE = frozenset({"caption.credit", "caption.file-name"})
"""Rules of captions whose words no paragraph has."""

MIN_SUBHEADS = 3
"""`<h1>` elements in an article from which those after the first are headings of its sections."""

MIN_ABOVE, MAX_SUBHEAD = 2, 120
"""Paragraphs of the article above a second `<h1>` that is a heading of a section, and its length in
characters.
"""

Where = Literal["head", "body", "tail"]


def classify(context: Context) -> Verdicts:
    """Return one verdict a segment: None where it is kept."""
    page, box, prose = context.page, context.box, context.prose
    verdicts: Verdicts = [
        None if box.first <= at < box.last else _outside(context, at)
        for at in range(len(page.segments))
    ]
    selected = _selected(context)
    wanted = letters(context.title or "")
    end_of_body = MIN_TAIL_SHARE * prose.within(box)
    where: Where = "head"
    for at in range(box.first, box.last):
        segment = page.segments[at]
        verdicts[at] = selected.get(segment.box) or _inside(context, at, wanted, where)
        if where != "tail" and prose.between(box.first, at + 1) >= end_of_body:
            where = "tail"
        elif where == "head" and verdicts[at] is None and prose.of[at]:
            where = "body"
    drop_comments(context, verdicts)
    keep_linked(context, verdicts)
    drop_repeated(context, verdicts)
    drop_captions(context, verdicts)
    drop_governed(context, verdicts)
    drop_bylines(context, verdicts)
    drop_biographies(context, verdicts)
    drop_closing_fact_boxes(context, verdicts)
    _keep_standfirst(context, verdicts)
    drop_orphan_headings(context, verdicts)
    name_the_led(context, verdicts)
    return verdicts


def _outside(context: Context, at: int) -> Verdict:
    """Why a segment outside the article is not of it: the rule book's word where it has one, else
    its zone, else its place.
    """
    segment = context.page.segments[at]
    zone = context.zones[segment.box]
    is_before = at < context.box.first
    if zone in VAGUE and (verdict := _by_words(context, at, "head" if is_before else "tail")):
        return verdict
    if zone and zone != "hidden":
        return zone, f"html.zone.{zone}"
    return (
        ("navigation", "html.before-article")
        if is_before
        else ("other_stories", "html.after-article")
    )


def _by_words(context: Context, at: int, where: Where) -> Verdict | None:
    """The rule book's word on a segment that is more than a link."""
    segment = context.page.segments[at]
    if segment.linked >= MIN_LINKED_SHARE * len(segment.text):
        return None
    rule = context.book.match(
        segment.text, where=where, language=context.language, site=context.site
    )
    return (rule.reason, rule.id) if rule else None


def _inside(context: Context, at: int, title: str, where: Where) -> Verdict | None:
    segment = context.page.segments[at]
    zone = context.zones[segment.box]
    if zone == "hidden":
        return "navigation", "html.hidden"
    if zone:
        return (_by_words(context, at, where) if zone in VAGUE else None) or (
            zone,
            f"html.zone.{zone}",
        )
    if (segment.tag == "h1" and not _is_subhead(context, at)) or (
        title and len(segment.text) < 2 * len(title) + 10 and letters(segment.text) == title
    ):
        return "navigation", "html.headline"
    if segment.linked and segment.linked >= MIN_LINKED_SHARE * len(segment.text):
        rule = context.book.match(
            segment.text, where=where, language=context.language, site=context.site
        )
        if rule is None and where != "head" and segment.tag in CELLS:
            return None
        return (rule.reason, rule.id) if rule else ("related_links", "html.linked")
    if where == "head" and len(segment.text) < MIN_LONG and segment.linked * 2 > len(segment.text):
        return "navigation", "html.linked"
    is_long = where == "body" and len(segment.text) > MIN_LONG
    if is_long and not context.book.has_fitting(segment.text, SURE):
        return None
    rule = context.book.match(
        segment.text, where=where, language=context.language, site=context.site
    )
    if (
        rule
        and where != "head"
        and segment.tag in HEADINGS
        and rule.reason == "navigation"
        and not rule.is_own
    ):
        return (
            None  # "FAQ" over paragraphs is a sub-heading; over none, drop_orphan_headings takes it
        )
    if rule and not rule.is_own and _is_own_paragraph(context, at, rule, where):
        return None
    if rule and is_long and rule.reason not in SURE and not rule.is_own:
        return None
    return (rule.reason, rule.id) if rule else None


def _is_subhead(context: Context, at: int) -> bool:
    """Whether an `<h1>` is a heading of a section: several of them or two paragraphs stand in the
    article before it, and it has a paragraph under it.
    """
    box, segments = context.box, context.page.segments
    heads = [place for place in range(box.first, box.last) if segments[place].tag == "h1"]
    above = sum(1 for place in range(box.first, at) if context.prose.of[place])
    is_short = len(segments[at].text) <= MAX_SUBHEAD
    is_among_others = len(heads) >= MIN_SUBHEADS or (above >= MIN_ABOVE and is_short)
    if not is_among_others or at in (heads[0], context.headline):
        return False
    if letters(segments[at].text) == letters(context.title or ""):
        return False
    return any(context.prose.of[at + 1 : min(at + 3, box.last)])


def _is_own_paragraph(context: Context, at: int, rule: Rule, where: Where) -> bool:
    """Whether a paragraph is the article's own though words of a rule stand in it.

    A caption stands at a picture. Where the article's subject is cookies, newsletters or donations,
    and in reported speech, only what speaks for the site itself is its own notice.
    """
    segment = context.page.segments[at]
    if rule.reason == "image_caption":
        return (
            segment.tag in ("p", "li")
            and context.prose.of[at] > 0
            and rule.id not in AT_ANY_PLACE
            and not is_near_picture(context, at)
        )
    if rule.reason == "related_links" and segment.tag == "p" and where != "head":
        return reports_request(segment.text)
    if rule.reason not in PROMPTS or rule.lines_have(segment.text):
        return False
    if where != "head" and is_reported(segment.text):
        return True
    if not (context.prose.of[at] and ends_sentence(segment.text)):
        return False
    if where == "body" and is_told(segment.text):
        return True
    return not speaks_for_site(segment.text) and rule.reason in context.subjects()


def _selected(context: Context) -> dict[int, Verdict]:
    """The verdicts of boxes that lie in an element which a rule of this site names by a CSS
    selector.
    """
    rules = context.book.selectors(context.site)
    if not rules:
        return {}
    named: dict[HtmlElement, Verdict] = {}
    for rule in rules:
        for node in elements_of(compile_selector(rule.selector), context.page.root):
            named.setdefault(node, (rule.reason, rule.id))
    verdicts: dict[int, Verdict] = {}
    for index, box in enumerate(context.page.boxes):
        if verdict := verdicts.get(box.parent) or named.get(box.node):
            verdicts[index] = verdict
    return verdicts


def _keep_standfirst(context: Context, verdicts: Verdicts) -> None:
    box, segments = context.box, context.page.segments
    found = find_standfirst(
        context.page, context.zones, context.headline, box.first, context.description
    )
    if not found:
        return
    opening = " ".join(
        letters(segments[at].text) for at in range(box.first, box.last) if verdicts[at] is None
    )[:MAX_REPEAT_SPAN]
    decks = {
        letters(segments[at].text)
        for at, is_apart in found
        if is_apart and context.language == DECKS_IN
    }
    for at, _ in found:
        text = letters(segments[at].text)
        if text in decks:
            verdicts[at] = ("navigation", "html.standfirst")
        elif text[:OPENING] not in opening and not _by_words(context, at, "head"):
            verdicts[at] = None
