"""Each block of the page, kept or stripped: the article's stretch is known, now every block gets
its reason and rule.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.clean.model import Block
from flows.clean.plain.furniture import by_form
from flows.clean.plain.heading import date_in, is_byline
from flows.clean.plain.inside import classify_inside, is_listed
from flows.clean.plain.prose import Form
from flows.clean.plain.sentences import introduces
from flows.clean.rules import Rule, Where
from flows.clean.subjects import (
    PROMPTS,
    is_reported,
    reports_request,
    speaks_for_site,
    subjects_of,
)

MIN_STANDFIRST = 40
"""Least columns of a standfirst under the headline."""

MIN_LEDE, MAX_LEDE_REACH = 60, 5
"""Least columns of a lede that does not stand right below the headline, and how many blocks below
it may stand.
"""

MAX_BYLINE_REACH = 3
"""Blocks around the headline and after the article's end where a name alone is taken for a
byline.
"""

BY_FORM = frozenset({"plain.insert", "plain.insert-wide", "plain.repeated"})
"""Verdicts that no word bears out."""

SECTIONS = frozenset(
    {
        "related_links",
        "other_stories",
        "comment_prompt",
        "author_bio",
        "newsletter_teaser",
        "subscription_prompt",
        "navigation",
    }
)
"""Reasons that a heading hands on to the blocks under it."""


def classify_blocks(forms: Sequence[Form], first: int, end: int, title: int | None) -> list[Block]:
    """Return one Block a form, in order. The headline is kept out of the text under the rule
    `plain.title` with no reason.
    """
    top = title if title is not None else first
    blocks: list[Block] = []
    section: tuple[str, str] | None = None
    for at, form in enumerate(forms):
        if at == title:
            blocks.append(Block(form.text, None, "plain.title"))
            section = None
            continue
        verdict = (
            _outside(forms, at, top, first, end)
            if at < first or at >= end
            else classify_inside(forms, at, title)
        )
        if verdict is None:
            blocks.append(Block(form.text))
            section = None
            continue
        reason, rule = verdict
        if form.rule is not None and reason in SECTIONS and not form.is_sentence:
            section = verdict
        elif (
            section is not None
            and form.rule is None
            and rule in ("plain.before-article", "plain.after-article", "plain.insert")
        ):
            reason, rule = section[0], f"plain.under-{section[0].replace('_', '-')}"
        blocks.append(Block(form.text, reason, rule))
    if all(form.rule is None for form in forms[first:end]):
        _spare_single(blocks, first, end)
    return blocks


def _spare_single(blocks: list[Block], first: int, end: int) -> None:
    """Keep what was taken for an insert by its form alone and stands by itself between kept blocks.

    For articles in which no rule found anything: where nobody put furniture, nine of ten such lines
    were headings and list items.
    """
    for at in range(first + 1, end - 1):
        if (
            blocks[at].rule in BY_FORM
            and blocks[at - 1].rule is None
            and blocks[at + 1].rule is None
        ):
            blocks[at] = Block(blocks[at].text)


def settle_rules(forms: Sequence[Form], first: int, end: int, site: str | None) -> None:
    """Note on every form the rule that cuts it where it stands."""
    subjects = subjects_of(None, (form.text for form in forms[first:end] if form.is_sentence))
    for at, form in enumerate(forms):
        where: Where = "head" if at < first else "tail" if at >= end else "body"
        form.rule = next((rule for rule in form.fitting if rule.allows(where, None, site)), None)
        if form.rule and _is_own_paragraph(form, form.rule, subjects):
            form.rule = None


def _is_own_paragraph(form: Form, rule: Rule, subjects: frozenset[str]) -> bool:
    """Whether a sentence is the article's own though words of a prompt stand in it: it reports
    speech, or is about what the article is about.
    """
    if rule.is_own or not form.is_sentence:
        return False
    if rule.reason == "related_links":
        return reports_request(form.text)
    if rule.reason not in PROMPTS:
        return False
    return is_reported(form.text) or (
        rule.reason in subjects
        and not rule.lines_have(form.text)
        and not speaks_for_site(form.text)
    )


def trimmed(forms: Sequence[Form], first: int, end: int, site: str | None) -> int:
    """Return the article's end without the last blocks that rules for what follows an article cut:
    notes on its author, disclaimers.
    """
    while end > first + 1:
        last = forms[end - 1]
        last.rule = next((rule for rule in last.fitting if rule.allows("tail", None, site)), None)
        if last.rule and _is_own_paragraph(last, last.rule, frozenset()):
            last.rule = None
        if last.rule is None:
            return end
        end -= 1
    return end


def with_list(forms: Sequence[Form], end: int) -> int:
    """Return the article's end behind the list with which it closes: items that its last block
    introduces with a colon.
    """
    if (
        0 < end < len(forms)
        and introduces(forms[end].text)
        and forms[end].rule is None
        and forms[end].width >= MIN_STANDFIRST
    ):
        stop = end + 1
    elif end > 0 and introduces(forms[end - 1].text):
        stop = end
    else:
        return end
    while (
        stop < len(forms)
        and forms[stop].rule is None
        and forms[stop].repeats == 1
        and is_listed(forms, stop)
    ):
        stop += 1
    return stop if stop - end >= 2 else end


def _outside(
    forms: Sequence[Form], at: int, top: int, first: int, end: int
) -> tuple[str, str] | None:
    form = forms[at]
    if form.is_comment:
        return "comments", "plain.comments"
    if top < at < first and _is_standfirst(forms, at, top):
        return None
    found = by_form(
        forms, at, near=top - MAX_BYLINE_REACH <= at <= first or end <= at < end + MAX_BYLINE_REACH
    )
    if found is not None:
        return found
    if form.rule is not None:
        return form.rule.reason, form.rule.id
    if form.is_brief:
        return "other_stories", "plain.brief"
    return (
        ("navigation", "plain.before-article")
        if at < first
        else ("other_stories", "plain.after-article")
    )


def _is_standfirst(forms: Sequence[Form], at: int, top: int) -> bool:
    """Whether the block is the lede between headline and article: right below the headline, or a
    sentence a little further down.

    A sentence that stands right above the article, behind other things, is as often a picture's.
    """
    form = forms[at]
    if (
        form.rule is not None
        or form.repeats > 1
        or form.width < MIN_STANDFIRST
        or date_in(form.text) is not None
        or is_byline(form.text)
    ):
        return False
    return at == top + 1 or (
        form.is_sentence and form.width >= MIN_LEDE and at <= top + MAX_LEDE_REACH
    )


def without_bio(blocks: tuple[Block, ...], authors: Sequence[str]) -> tuple[Block, ...]:
    """Strip the note on its author with which an article ends: a last paragraph that begins with
    the byline's name.
    """
    kept = [at for at, block in enumerate(blocks) if block.reason is None and block.rule is None]
    if len(kept) < 2 or not any(blocks[kept[-1]].text.startswith(f"{name} ") for name in authors):
        return blocks
    bio = Block(blocks[kept[-1]].text, "author_bio", "plain.author-note")
    return (*blocks[: kept[-1]], bio, *blocks[kept[-1] + 1 :])
