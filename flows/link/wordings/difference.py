"""Names how two wordings differ, and shows the words that do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from flows.link.fingerprint import SPACELESS, Word, words_of
from flows.link.wordings.spelling import common_start, is_masked

KINDS: dict[str, str] = {
    "exact": "the same words",
    "shorter": "words are missing at the beginning or end of one",
    "bracket": "words in brackets were put in or stand for others",
    "ellipsis": "an ellipsis stands for words",
    "wording": "other words, or words left out in the middle",
    "spelling": "the same words spelled differently",
    "narration": "one outlet prints the words as its own",
    "speaker": "the outlets credit different people",
}
"""How two wordings can differ, in the order in which they are named."""

ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.")
BRACKETED = re.compile(r"[\[(][^\])]{0,200}[\])]")
MIN_SPELLING = 0.7
"""Part of the letters that two spellings of one word share."""

MAX_SHOWN = 12
"""Words in a row that are shown of what differs."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How a wording differs from another: `kinds` of KINDS, and the words: −gone +come. `share` is
    the part of the words of the shorter one that the other has, in order.
    """

    kinds: tuple[str, ...]
    words: str
    share: float


def difference(
    one: str, other: str, *, is_narration: bool = False, is_other_speaker: bool = False
) -> Difference:
    """Return how `other` differs from `one`."""
    first, second = words_of(one), words_of(other)
    kinds: set[str] = set()
    shown: list[str] = []
    matcher = SequenceMatcher(
        None, [word.form for word in first], [word.form for word in second], autojunk=False
    )
    steps = [step for step in matcher.get_opcodes() if step[0] != "equal"]
    for _, a, b, c, d in steps:
        gone, come = first[a:b], second[c:d]
        is_edge = min(a, c) == 0 or (b == len(first) or d == len(second))
        kinds.add(_kind(one, other, gone, come, is_edge=is_edge))
        shown += _shown_both(one, gone, other, come)
    if not steps:
        kinds.add("exact")
    if is_narration:
        kinds.add("narration")
    if is_other_speaker:
        kinds.add("speaker")
    common = sum(block.size for block in matcher.get_matching_blocks())
    share = common / max(1, min(len(first), len(second)))
    return Difference(tuple(kind for kind in KINDS if kind in kinds), " ".join(shown), share)


def _kind(one: str, other: str, gone: list[Word], come: list[Word], *, is_edge: bool) -> str:
    if any(_is_bracketed(text, words) for text, words in ((one, gone), (other, come))):
        return "bracket"
    if not is_edge and any(
        _has_ellipsis(text, words) for text, words in ((one, gone), (other, come))
    ):
        return "ellipsis"
    if gone and come:
        if is_masked(one, gone, come) or is_masked(other, come, gone):
            return "spelling"
        joined = ("".join(w.form for w in gone), "".join(w.form for w in come))
        if SequenceMatcher(None, *joined, autojunk=False).ratio() >= MIN_SPELLING:
            return "spelling"
        return "wording"
    if is_edge:
        return "shorter"
    return "ellipsis" if ELLIPSIS.search(one) or ELLIPSIS.search(other) else "wording"


def _is_bracketed(text: str, words: list[Word]) -> bool:
    return bool(words) and any(
        match.start() <= words[0].start and words[-1].end <= match.end()
        for match in BRACKETED.finditer(text)
    )


def _has_ellipsis(text: str, words: list[Word]) -> bool:
    return bool(words) and bool(ELLIPSIS.search(text[words[0].start : words[-1].end]))


def _shown_both(one: str, gone: list[Word], other: str, come: list[Word]) -> list[str]:
    """Return what is gone and what has come. Words of a script without spaces are pairs of
    characters, of which one may be the same: that is left out.
    """
    was, now = _stretch(one, gone), _stretch(other, come)
    if SPACELESS.search(was + now):
        before = common_start(was, now)
        was, now = was[before:], now[before:]
        after = common_start(was[::-1], now[::-1])
        was, now = was[: len(was) - after], now[: len(now) - after]
    return [f"{sign}{text}" for sign, text in (("−", was), ("+", now)) if text]


def _stretch(text: str, words: list[Word]) -> str:
    """Return the text from the first to the last of `words`, of a long one its two ends."""
    if len(words) <= MAX_SHOWN:
        return text[words[0].start : words[-1].end] if words else ""
    half = MAX_SHOWN // 2
    return f"{text[words[0].start : words[half].end]} … {text[words[-half].start : words[-1].end]}"
