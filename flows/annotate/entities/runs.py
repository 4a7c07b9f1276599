"""Tokens → runs: stretches in which a name may stand. Capitals make a run; small words inside ("of the") and beside ("province") are taken in.

Everything outside a run is no name. What the run's words are is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flows.annotate.entities.lexicon import Lexicon, fold
from flows.annotate.entities.tokens import Token

JOINERS = frozenset("of the and for de la las los del della di da das do dos du des le van von der den al el bin bint ibn y e & 's ’s in on to with ul ur - – , und zu".split())
LONGEST_JOIN = 3  # "of the", "for the Protection": more small words in a row divide two names
LONGEST_RUN = 120  # a page of capitals is cut, so that no run grows with the page


class Run(NamedTuple):
    """Tokens `first` to `last`, `last` exclusive."""

    first: int
    last: int


def is_capital(word: str) -> bool:
    """Say whether a word has a capital, or begins with an Arabic article before one ("al-Qaeda")."""
    return not word.islower() and word[0].isalnum() and any(char.isupper() for char in word)


def find_runs(tokens: Sequence[Token], lexicon: Lexicon) -> list[Run]:
    """Return the runs in order; they do not overlap and none crosses a line."""
    runs: list[Run] = []
    count, at = len(tokens), 0
    while at < count:
        if not is_capital(tokens[at].text):
            at += 1
            continue
        last = _end(tokens, at, lexicon)
        runs.append(Run(_start(tokens, at, lexicon, runs[-1].last if runs else 0), last))
        at = last
    return runs


def _end(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> int:
    """Return the end of the run whose first capital is at `first`."""
    line, end, at = tokens[first].line, first + 1, first + 1
    places = lexicon.classes["place_heads"]
    while at < len(tokens) and at - first < LONGEST_RUN and tokens[at].line == line:
        word = tokens[at].text
        if is_capital(word) or (word[0].isdigit() and at == end):
            if tokens[at].opens:
                break
            end = at + 1
        elif at == end and fold(word).removesuffix("s") in places:
            end = at + 1
        elif word not in JOINERS or at - end >= LONGEST_JOIN or word == ",":
            break
        at += 1
    return end


def _start(tokens: Sequence[Token], first: int, lexicon: Lexicon, floor: int) -> int:
    """Return the start of the run: particles ("van"), digits and points of the compass before the capital belong to it."""
    start, line = first, tokens[first].line
    while start > floor and tokens[start - 1].line == line:
        word = tokens[start - 1].text
        if word not in lexicon.classes["particles"] and word not in lexicon.classes["compass"] and not (start == first and word.isdigit()):
            break
        start -= 1
    return start
