"""Each block of the page, kept or stripped: the article's stretch is known, now every block gets its reason and rule."""

from __future__ import annotations

from collections.abc import Sequence

from flows.clean.model import Block
from flows.clean.plain.heading import date_in, is_bare_by, is_byline, is_name, is_role, is_shouted, is_signature
from flows.clean.plain.prose import PARAGRAPH, Form
from flows.clean.plain.sentences import introduces, is_cut_short
from flows.clean.rules import Where

SUBHEAD, HEADING_BETWEEN = 75, 110
"""Columns of a sub-heading above a paragraph, and of one between two: four fifths of the shorter lines between paragraphs are the
article's, and three of five of those up to 110, while three of four longer ones are captions."""

REACH = 4
"""Blocks that advertisements' labels may take between a sub-heading and its paragraph."""

STANDFIRST = 40
"""Least columns of a standfirst under the headline."""

LEDE, LEDE_REACH = 60, 5
"""Least columns of a lede that does not stand right below the headline, and how many blocks below it may stand."""

BYLINE_REACH = 3
"""Blocks around the headline and after the article's end where a name alone is taken for a byline."""

LIST_HEAD, LIST_REACH = 20, 30
"""Least columns of a block whose colon introduces a list, and most items of such a list."""

CAPTION, CREDIT = 250, 80
"""Most columns of a caption, and of the credit that stands alone below it."""

SECTIONS = frozenset(
    {"related_links", "other_stories", "comment_prompt", "author_bio", "newsletter_teaser", "subscription_prompt", "navigation"}
)
"""Reasons that a heading hands on to the blocks under it."""


def judge(forms: Sequence[Form], first: int, end: int, title: int | None) -> list[Block]:
    """Return one Block a form, in order. The headline is kept out of the text under the rule `plain.title` with no reason."""
    top = title if title is not None else first
    blocks: list[Block] = []
    section: tuple[str, str] | None = None
    for at, form in enumerate(forms):
        if at == title:
            blocks.append(Block(form.text, None, "plain.title"))
            section = None
            continue
        verdict = _outside(forms, at, top, first, end) if at < first or at >= end else _inside(forms, at, title)
        if verdict is None:
            blocks.append(Block(form.text))
            section = None
            continue
        reason, rule = verdict
        if form.rule is not None and reason in SECTIONS and not form.is_sentence:
            section = verdict
        elif section is not None and form.rule is None and rule in ("plain.before-article", "plain.after-article", "plain.insert"):
            reason, rule = section[0], f"plain.under-{section[0].replace('_', '-')}"
        blocks.append(Block(form.text, reason, rule))
    return blocks


def settle_rules(forms: Sequence[Form], first: int, end: int, site: str | None) -> None:
    """Note on every form the rule that cuts it where it stands."""
    for at, form in enumerate(forms):
        where: Where = "head" if at < first else "tail" if at >= end else "body"
        form.rule = next((rule for rule in form.fitting if rule.allows(where, None, site)), None)


def trimmed(forms: Sequence[Form], first: int, end: int, site: str | None) -> int:
    """Return the article's end without the last blocks that rules for what follows an article cut: notes on its author, disclaimers."""
    while end > first + 1:
        last = forms[end - 1]
        last.rule = next((rule for rule in last.fitting if rule.allows("tail", None, site)), None)
        if last.rule is None:
            return end
        end -= 1
    return end


def with_list(forms: Sequence[Form], end: int) -> int:
    """Return the article's end behind the list with which it closes: items that its last block introduces with a colon."""
    if 0 < end < len(forms) and introduces(forms[end].text) and forms[end].rule is None and forms[end].width >= STANDFIRST:
        stop = end + 1
    elif end > 0 and introduces(forms[end - 1].text):
        stop = end
    else:
        return end
    while stop < len(forms) and forms[stop].rule is None and forms[stop].repeats == 1 and _is_listed(forms, stop):
        stop += 1
    return stop if stop - end >= 2 else end


def _outside(forms: Sequence[Form], at: int, top: int, first: int, end: int) -> tuple[str, str] | None:
    form = forms[at]
    if top < at < first and _is_standfirst(forms, at, top):
        return None
    by_form = _by_form(forms, at, near=top - BYLINE_REACH <= at <= first or end <= at < end + BYLINE_REACH)
    if by_form is not None:
        return by_form
    if form.rule is not None:
        return form.rule.reason, form.rule.id
    if form.is_brief:
        return "other_stories", "plain.brief"
    return ("navigation", "plain.before-article") if at < first else ("other_stories", "plain.after-article")


def _inside(forms: Sequence[Form], at: int, title: int | None) -> tuple[str, str] | None:
    form = forms[at]
    if title is not None and form.text == forms[title].text:
        return "navigation", "plain.title-again"
    if form.rule is not None:
        return form.rule.reason, form.rule.id
    if form.is_brief:
        return "other_stories", "plain.brief"
    if form.is_sentence:
        return ("image_caption", "plain.above-credit") if _is_above_credit(forms, at) else None
    if form.is_item:
        return None
    if introduces(form.text) and form.width >= LIST_HEAD:
        return None
    if is_signature(form.text):
        return None
    by_form = _by_form(forms, at, near=False)
    if by_form is not None:
        return by_form
    if is_shouted(form.text):
        return "related_links", "plain.capitals"
    if form.repeats > 1:
        return "navigation", "plain.repeated"
    above, below = _neighbour(forms, at, -1), _neighbour(forms, at, 1)
    before = above is not None and above.width >= PARAGRAPH
    after = below is not None and below.width >= PARAGRAPH
    is_between = above is not None and below is not None and _reads_on(above) and _reads_on(below)
    widest = HEADING_BETWEEN if before and after else SUBHEAD
    if form.width >= 250 or (form.width < widest and (after or is_between)) or _is_listed(forms, at):
        return None
    if is_cut_short(form.text):
        return "related_links", "plain.insert"
    return ("image_caption", "plain.insert-wide") if form.width >= SUBHEAD and before and after else ("related_links", "plain.insert")


def _neighbour(forms: Sequence[Form], at: int, step: int) -> Form | None:
    """Return the nearest block on that side that is no advertisement's label, REACH blocks away at most."""
    for place in range(at + step, at + step * (REACH + 1), step):
        rule = forms[place].rule if 0 <= place < len(forms) else None
        if 0 <= place < len(forms) and (rule is None or rule.reason != "advertisement"):
            return forms[place]
    return None


def _reads_on(form: Form) -> bool:
    return form.is_sentence and form.rule is None and form.width >= STANDFIRST


def _is_above_credit(forms: Sequence[Form], at: int) -> bool:
    """Whether the block is one or two sentences right above a photographer's line: a caption."""
    below = forms[at + 1] if at + 1 < len(forms) else None
    if (
        below is None
        or below.rule is None
        or below.rule.reason != "image_caption"
        or below.rule.id == "caption.file-name"
        or below.width > CREDIT
        or forms[at].width > CAPTION
        or forms[at].text[0] in '“«„»"'
    ):
        return False
    return sum(word[0].islower() for word in below.text.split()) <= 1


def _is_listed(forms: Sequence[Form], at: int) -> bool:
    """Whether the block is an item of a list that a kept block introduces with a colon."""
    for place in range(at - 1, max(-1, at - LIST_REACH), -1):
        form = forms[place]
        if form.rule is not None or form.repeats > 1:
            return False
        if introduces(form.text) and form.width >= LIST_HEAD:
            return True
        if form.is_sentence and form.width >= PARAGRAPH:
            return False
    return False


def _is_standfirst(forms: Sequence[Form], at: int, top: int) -> bool:
    """Whether the block is the lede between headline and article: right below the headline, or a sentence a little further down.

    A sentence that stands right above the article, behind other things, is as often a picture's.
    """
    form = forms[at]
    if form.rule is not None or form.repeats > 1 or form.width < STANDFIRST or date_in(form.text) is not None or is_byline(form.text):
        return False
    return at == top + 1 or (form.is_sentence and form.width >= LEDE and at <= top + LEDE_REACH)


def _by_form(forms: Sequence[Form], at: int, *, near: bool) -> tuple[str, str] | None:
    text = forms[at].text
    if is_byline(text):
        return "byline", "plain.byline"
    if at and is_bare_by(forms[at - 1].text) and is_name(text):
        return "byline", "plain.byline-name"
    if date_in(text) is not None and (not forms[at].is_sentence or text.endswith(".m.")):
        return "date_line", "plain.date"
    if near and is_name(text) and at + 1 < len(forms) and (is_role(forms[at + 1].text) or date_in(forms[at + 1].text) is not None):
        return "byline", "plain.byline-name"
    if near and at and is_role(text) and is_name(forms[at - 1].text):
        return "byline", "plain.byline-role"
    return None


def without_bio(blocks: tuple[Block, ...], authors: Sequence[str]) -> tuple[Block, ...]:
    """Strip the note on its author with which an article ends: a last paragraph that begins with the byline's name."""
    kept = [at for at, block in enumerate(blocks) if block.reason is None and block.rule is None]
    if len(kept) < 2 or not any(blocks[kept[-1]].text.startswith(f"{name} ") for name in authors):
        return blocks
    bio = Block(blocks[kept[-1]].text, "author_bio", "plain.author-note")
    return (*blocks[: kept[-1]], bio, *blocks[kept[-1] + 1 :])
