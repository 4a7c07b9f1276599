"""Tokens → runs. A run is a stretch of capitalised words with the small words between them ("of
the") and the particles before them. Names stand only in runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from flows.annotate.entities.lexicon import Lexicon
from flows.annotate.entities.tokens import Token
from flows.annotate.remember import remembered

PRONOUNS = frozenset(("I", "I'm", "I’m", "I'd", "I’d", "I've", "I’ve", "I'll", "I’ll"))
MAX_JOIN = 2  # "of the": more small words in a row end a name
MAX_SYLLABLE = 6
MAX_LIST = 12  # tokens of "Agriculture, Livestock and Fisheries"
APOSTROPHES = frozenset("'’")
MAX_RUN = 80  # a page of capitals is cut, so that no run grows with the page


class Run(NamedTuple):
    """Tokens `first` to `last`, `last` exclusive."""

    first: int
    last: int


@remembered(50_000)
def is_capital(word: str) -> bool:
    """Say whether a word has a capital that may be a name's: "al-Qaeda" has, "I'm" and "5G" have
    not.
    """
    first = word[0]
    if not first.isupper() and (
        first.isdigit() or word.islower() or not any(map(str.isupper, word))
    ):
        return False
    return word not in PRONOUNS


def may_name(tokens: Sequence[Token], run: Run, lexicon: Lexicon) -> bool:
    """Say whether a run may hold a name: not where its one word opens a sentence and has its
    capital from there ("The", "It").
    """
    word, opens = tokens[run.first].text, tokens[run.first].opens
    return (
        run.last - run.first > 1
        or not opens
        or not word.istitle()
        or word.lower() not in lexicon.classes["plain_capitals"]
    )


def find_runs(tokens: Sequence[Token], lexicon: Lexicon) -> list[Run]:
    """Return the runs in order; they do not overlap, and none crosses a line or a sentence."""
    runs: list[Run] = []
    at, count = 0, len(tokens)
    while at < count:
        word = tokens[at].text
        if word.islower() or not is_capital(word):
            at += 1
            continue
        last = _end(tokens, at, lexicon.classes)
        runs.append(
            Run(
                _start(tokens, at, lexicon.classes["particles"], runs[-1].last if runs else 0), last
            )
        )
        at = last
    return runs


def _end(tokens: Sequence[Token], first: int, classes: Mapping[str, frozenset[str]]) -> int:
    """Return the end of the run whose first capital is at `first`."""
    line, end, listed = tokens[first].line, first + 1, 0
    for at in range(first + 1, min(len(tokens), first + MAX_RUN)):
        token = tokens[at]
        if token.line != line or token.opens:
            break
        if at < listed:
            end = at + 1
            continue
        if token.text == "," and at == end:
            listed = _listed(tokens, first, at, classes)
            if listed:
                continue
        broken = (
            at - end == 1 and tokens[at - 1].text == "-" and len(token.text) <= MAX_SYLLABLE
        )  # "Yoo Jae - suk"
        if broken or is_capital(token.text) or (token.text[0].isdigit() and at == end):
            end = at + 1
        elif not (token.text in classes["joiners"] or _of_many(tokens, at)) or at - end >= MAX_JOIN:
            break
    return end


def _of_many(tokens: Sequence[Token], at: int) -> bool:
    """Say whether the token is the apostrophe of a possessive in the plural ("Workers’
    Federation").
    """
    before, here = tokens[at - 1], tokens[at]
    return (
        here.text in APOSTROPHES
        and before.text.endswith("s")
        and before.end == here.start
        and is_capital(before.text)
    )


def _listed(
    tokens: Sequence[Token], first: int, comma: int, classes: Mapping[str, frozenset[str]]
) -> int:
    """Return the end of the subjects of an office that go on behind a comma ("Ministry of Water,
    Land and Housing"), or 0 for none.
    """
    words = [token.text.lower() for token in tokens[first:comma]]
    if not any(
        one in classes["org_starts"] and other in ("of", "for") for one, other in pairwise(words)
    ):
        return 0
    joined = False
    for at in range(comma, min(len(tokens), comma + MAX_LIST)):
        token = tokens[at]
        if token.line != tokens[first].line or token.opens:
            break
        if token.text in ("and", "&"):
            joined = True
        elif joined:
            return at + 1 if _subject(token.text, classes) else 0
        elif token.text != "," and not _subject(token.text, classes):
            break
    return 0


def _subject(word: str, classes: Mapping[str, frozenset[str]]) -> bool:
    """Say whether a word may be what an office is for: no name of a person, place or month."""
    return is_capital(word) and word.lower() in classes["org_inner"]


def _start(tokens: Sequence[Token], first: int, particles: frozenset[str], floor: int) -> int:
    """Return the start of the run: particles before the capital belong to it ("van der Merwe")."""
    start = first
    while (
        start > floor
        and tokens[start - 1].line == tokens[first].line
        and tokens[start - 1].text in particles
    ):
        start -= 1
    return start
