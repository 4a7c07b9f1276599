"""A whole page in one line: its sentences become blocks, and what was run together before a
sentence is parted from it.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.clean.model import Block
from flows.clean.plain.sentences import split_sentences

MIN_LINE, MIN_SHARE = 1500, 0.75
"""Characters of a line that may be a page, and the share of the page's characters that it holds;
paragraphs are seldom so long.
"""

BEFORE, AFTER = 6, 8
"""Words looked at before and after a capital that may begin a sentence."""

MAX_SMALL_IN_MENU, MIN_SMALL_IN_PROSE = 1, 4
"""Most words in small letters of those before, where a menu or a row of labels ends, and least of
those after, where a sentence begins.
"""

MAX_DATELINE = 9
"""Most words of an agency's line before the text, its dash among them."""

MIN_SMALL_SHARE = 0.35
"""Share of words in small letters below which words are no sentence: German, with its nouns in
capitals, has a half.
"""

LABELS = 5
"""Words that a menu's or a list's entries are cut into: where one ends is not seen."""


def cut_line(blocks: Sequence[str]) -> list[str] | None:
    """Return the page's blocks with its one line cut into sentences, None where no line is the
    page.
    """
    longest = max(blocks, key=len, default="")
    if len(longest) < MIN_LINE or len(longest) < MIN_SHARE * sum(map(len, blocks)):
        return None
    return [
        piece for block in blocks for piece in (_pieces(block) if block is longest else [block])
    ]


def joined(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with neighbouring kept ones as one: the line had no breaks between its
    sentences.
    """
    result: list[Block] = []
    for block in blocks:
        is_kept = block.reason is None and block.rule is None
        if is_kept and result and result[-1].reason is None and result[-1].rule is None:
            result[-1] = Block(f"{result[-1].text} {block.text}")
        else:
            result.append(block)
    return tuple(result)


def _pieces(line: str) -> list[str]:
    return [piece for sentence in split_sentences(line) for piece in _parted(sentence)]


def _parted(sentence: str) -> list[str]:
    """Cut a sentence from the menu, the headline's row or the labels that stand before its first
    word, and those into a few words each.
    """
    words = sentence.split(" ")
    start = _start(words)
    if start == len(words) and len(words) <= LABELS:
        return [sentence]
    labels = [" ".join(words[at : min(at + LABELS, start)]) for at in range(0, start, LABELS)]
    return [*labels, " ".join(words[start:])] if start < len(words) else labels


def _start(words: Sequence[str]) -> int:
    """Return where the sentence begins among its words; behind them where they are a menu alone."""
    is_small = [word[:1].islower() for word in words]
    for at in range(len(words) - MIN_SMALL_IN_PROSE, 0, -1):
        before, after = is_small[max(0, at - BEFORE) : at], is_small[at : at + AFTER]
        if (
            words[at][:1].isupper()
            and len(before) >= min(BEFORE, 3)
            and sum(before) <= MAX_SMALL_IN_MENU
            and sum(after) >= MIN_SMALL_IN_PROSE
        ):
            return _dateline(words, at)
    is_menu = (
        any(word[:1].isupper() for word in words)
        and len(words) > LABELS
        and sum(is_small) < MIN_SMALL_SHARE * len(words)
    )
    return len(words) if is_menu else 0


def _dateline(words: Sequence[str], at: int) -> int:
    """Return where the agency's place and name before the dash begin ("NORR, Ridge (Wire) —"), `at`
    where no such line stands there.
    """
    if words[at - 1] not in ("—", "–", "-", "--"):
        return at
    return next(
        (
            place
            for place in range(max(0, at - MAX_DATELINE), at)
            if len(words[place]) > 2 and words[place].isupper()
        ),
        at,
    )
