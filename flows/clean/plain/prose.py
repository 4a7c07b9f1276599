"""What a block is worth as prose, from its own form: how wide it is, whether it ends a sentence. No
words, no neighbours' meaning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flows.clean.plain.sentences import ends_sentence, holds_sentence, is_cut_short
from flows.clean.plain.weights import weights
from flows.clean.rules import Rule, RuleBook

WIDE = 2.2
"""Columns of one ideograph, kana or hangul syllable: as many letters as the same text takes in a
Latin script, about.
"""

MIN_PROSE = 100
"""Characters from which a block in which one sentence ends and another begins is prose, though its
own end is none.
"""

MIN_PARAGRAPH = 90
"""Columns from which a block that ends a sentence counts as a paragraph when its neighbours are
classified.
"""


@dataclass(slots=True)
class Form:
    """A block and its form. `repeats` is how often it stands on the page; `fitting` are the rules
    whose words fit it, `rule` is the one that cuts it where it stands, if one does.
    """

    text: str
    width: float
    is_sentence: bool
    repeats: int
    fitting: tuple[Rule, ...] = ()
    is_brief: bool = False
    is_item: bool = False
    is_cell: bool = False
    is_comment: bool = False
    rule: Rule | None = None

    @property
    def is_paragraph(self) -> bool:
        """Whether the block reads as a paragraph of an article: a wide one that no rule cuts."""
        return (
            self.is_sentence
            and self.width >= MIN_PARAGRAPH
            and self.rule is None
            and not self.is_brief
            and not self.is_comment
        )


def width_of(text: str) -> float:
    """Return the block's width in columns of a Latin script."""
    if text.isascii():
        return float(len(text))
    return len(text) + (WIDE - 1) * sum(c >= "\u2e80" for c in text)


def forms_of(blocks: Sequence[str], book: RuleBook) -> list[Form]:
    """Return the form of each block; which rule cuts it waits until it is known where the article
    stands.
    """
    repeats = Counter(blocks)
    fitting = {block: book.fitting(block) for block in repeats}
    return [
        Form(block, width_of(block), _is_sentence(block), repeats[block], fitting[block])
        for block in blocks
    ]


def _is_sentence(block: str) -> bool:
    return ends_sentence(block) or (
        len(block) >= MIN_PROSE and not is_cut_short(block) and holds_sentence(block)
    )


def weight_of(forms: Sequence[Form], at: int) -> float:
    """Return what the block adds to the stretch that holds it."""
    form, w = forms[at], weights()
    if form.is_brief or form.is_comment:
        return w.cut
    if form.is_cell:
        return w.cell
    if form.rule is not None:
        return w.inside.get(form.rule.reason, w.cut)
    if not form.is_sentence:
        if is_cut_short(form.text):
            return w.cut_short
        return w.repeated if form.repeats > 1 and form.width < w.sure else w.fragment.at(form.width)
    value = w.sentence.at(form.width)
    if (
        value > 0
        and form.width < w.sure
        and not any(f.is_sentence and f.width >= 40 for f in _neighbours(forms, at))
    ):
        return value * w.alone
    return value


def _neighbours(forms: Sequence[Form], at: int) -> list[Form]:
    """The nearest blocks before and after that no rule cuts and that stand once on the page, three
    blocks away at most.
    """
    found = []
    for step in (-1, 1):
        for distance in (1, 2, 3):
            where = at + step * distance
            if 0 <= where < len(forms) and forms[where].rule is None and forms[where].repeats == 1:
                found.append(forms[where])
                break
    return found
