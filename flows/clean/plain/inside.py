"""What stands inside the article's stretch and is not the article's: captions, pointers, labels
between its paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.clean.plain.furniture import by_form
from flows.clean.plain.heading import is_shouted, is_signature
from flows.clean.plain.prose import MIN_PARAGRAPH, Form
from flows.clean.plain.sentences import introduces, is_cut_short

MAX_SUBHEAD, MAX_HEADING_BETWEEN = 75, 110
"""Columns of a sub-heading above a paragraph, and of one between two: four fifths of the shorter
lines between paragraphs are the article's, and three of five of those up to 110, while three of
four longer ones are captions.
"""

MAX_REACH = 4
"""Blocks that advertisements' labels may take between a sub-heading and its paragraph."""

MIN_LIST_HEAD, MAX_LIST = 20, 30
"""Least columns of a block whose colon introduces a list, and most items of such a list."""

MAX_CAPTION, MAX_CREDIT = 250, 80
"""Most columns of a caption, and of the credit that stands alone below it."""

MIN_SENTENCE = 40
"""Least columns of a sentence that can stand above or below a sub-heading."""


def classify_inside(forms: Sequence[Form], at: int, title: int | None) -> tuple[str, str] | None:
    """Return (reason, rule) of a block inside the article's stretch that is not the article's, or
    None.
    """
    form = forms[at]
    if title is not None and form.text == forms[title].text:
        return "navigation", "plain.title-again"
    if form.rule is not None:
        return form.rule.reason, form.rule.id
    if form.is_brief:
        return "other_stories", "plain.brief"
    if form.is_sentence:
        return ("image_caption", "plain.above-credit") if _is_above_credit(forms, at) else None
    if (
        form.is_item
        or form.is_cell
        or is_signature(form.text)
        or (introduces(form.text) and form.width >= MIN_LIST_HEAD)
    ):
        return None
    found = by_form(forms, at, near=False)
    if found is not None:
        return found
    if is_shouted(form.text):
        return "related_links", "plain.capitals"
    if form.repeats > 1:
        return "navigation", "plain.repeated"
    return _fragment(forms, at)


def _fragment(forms: Sequence[Form], at: int) -> tuple[str, str] | None:
    """Judge a block that ends no sentence by its width and its neighbours: a sub-heading, a list's
    item, or an insert.
    """
    form = forms[at]
    above, below = _neighbour(forms, at, -1), _neighbour(forms, at, 1)
    before = above is not None and above.width >= MIN_PARAGRAPH
    after = below is not None and below.width >= MIN_PARAGRAPH
    is_between = above is not None and below is not None and _reads_on(above) and _reads_on(below)
    widest = MAX_HEADING_BETWEEN if before and after else MAX_SUBHEAD
    if form.width >= 250 or (form.width < widest and (after or is_between)) or is_listed(forms, at):
        return None
    if is_cut_short(form.text):
        return "related_links", "plain.insert"
    return (
        ("image_caption", "plain.insert-wide")
        if form.width >= MAX_SUBHEAD and before and after
        else ("related_links", "plain.insert")
    )


def _neighbour(forms: Sequence[Form], at: int, step: int) -> Form | None:
    """Return the nearest block on that side that is no advertisement's label, within MAX_REACH."""
    for place in range(at + step, at + step * (MAX_REACH + 1), step):
        rule = forms[place].rule if 0 <= place < len(forms) else None
        if 0 <= place < len(forms) and (rule is None or rule.reason != "advertisement"):
            return forms[place]
    return None


def _reads_on(form: Form) -> bool:
    return form.is_sentence and form.rule is None and form.width >= MIN_SENTENCE


def _is_above_credit(forms: Sequence[Form], at: int) -> bool:
    """Whether the block is one or two sentences right above a photographer's line: a caption."""
    below = forms[at + 1] if at + 1 < len(forms) else None
    if (
        below is None
        or below.rule is None
        or below.rule.reason != "image_caption"
        or below.rule.id == "caption.file-name"
        or below.width > MAX_CREDIT
        or forms[at].width > MAX_CAPTION
        or forms[at].text[0] in '“«„»"'
    ):
        return False
    return sum(word[0].islower() for word in below.text.split()) <= 1


def is_listed(forms: Sequence[Form], at: int) -> bool:
    """Whether the block is an item of a list that a kept block introduces with a colon."""
    for place in range(at - 1, max(-1, at - MAX_LIST), -1):
        form = forms[place]
        if form.rule is not None or form.repeats > 1:
            return False
        if introduces(form.text) and form.width >= MIN_LIST_HEAD:
            return True
        if form.is_sentence and form.width >= MIN_PARAGRAPH:
            return False
    return False
