"""Text → tokens with exact offsets, and where sentences begin. What a token is called, or which tokens make a name, is decided elsewhere."""

from __future__ import annotations

import re
from typing import NamedTuple

# Ends of abbreviations keep their points ("U.S.", "J."); a possessive is a token of its own; a hyphen joins.
TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.  J.K.
    r"|[^\W_]+(?:(?:[-‐‑.'’ʻʼ&]|/(?=[a-z]))(?!(?:[sS])(?![^\W_]))[^\W_]+)*"
    r"|['’][sS](?![^\W_])"
    r"|[^\w\s]|_"
)
# A compound whose second part is a plain word: the name is the first part alone ("US-backed", "Gaza-based").
TAILS = frozenset(
    "based led backed born style owned made controlled run funded ruled held wide sponsored occupied area bound listed linked era dominated "
    "administered built friendly related trained educated level allied brokered mediated supported affiliated inspired".split()
)
# A compound whose first part is a plain word: the name is the second part alone ("anti-Communist" stays whole, "ex-President" does not).
HEADS = frozenset("ex then non pro pre post mid vice now late former".split())
STOPS = frozenset(".!?…")
OPENERS = frozenset("\"'“‘«([{—–-*•>|")
CLOSERS = frozenset("\"'”’»)]}")
ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof rev hon gen lt col maj capt cpl sgt brig adm cmdr sen rep gov st fr sr jr no vs co corp inc ltd jan feb mar apr jun jul aug sep sept "
    "oct nov dec mt ft adv atty messrs pres supt insp dept univ assn bros eng engr dist vol fig approx".split()
)


class Token(NamedTuple):
    """`text` stands at `start:end`; `opens` says that a sentence or a line begins here, `line` counts lines from 0."""

    text: str
    start: int
    end: int
    opens: bool
    line: int


def tokenise(text: str) -> list[Token]:
    """Return the tokens of `text` in order; linear in its length."""
    tokens: list[Token] = []
    opens, line, last = True, 0, 0
    for match in TOKEN.finditer(text):
        start, end = match.span()
        if start > last:
            breaks = text.count("\n", last, start)
            if breaks:
                line += breaks
                opens = True
        last = end
        for piece_start, piece_end in _pieces(match.group(), start, end):
            word = text[piece_start:piece_end]
            tokens.append(Token(word, piece_start, piece_end, opens, line))
            opens = _opens_next(tokens, opens)
    return tokens


def _pieces(word: str, start: int, end: int) -> list[tuple[int, int]]:
    """Divide a compound at the hyphen that parts a name from a plain word."""
    if "-" not in word:
        return [(start, end)]
    head, _, rest = word.partition("-")
    if head.casefold() in HEADS and rest[:1].isupper():
        return [(start, start + len(head)), (start + len(head), start + len(head) + 1), (start + len(head) + 1, end)]
    first, _, tail = word.rpartition("-")
    if tail in TAILS:
        return [(start, start + len(first)), (start + len(first), start + len(first) + 1), (end - len(tail), end)]
    return [(start, end)]


def _opens_next(tokens: list[Token], opens: bool) -> bool:
    """Say whether the next token opens a sentence, the tokens so far being given."""
    text = tokens[-1].text
    if text in STOPS:
        before = tokens[-2].text if len(tokens) > 1 else ""
        abbreviated = text == "." and (before.casefold() in ABBREVIATIONS or (len(before) == 1 and before.isupper()))
        return not (abbreviated and tokens[-2].end == tokens[-1].start)
    if text in CLOSERS and len(tokens) > 1 and tokens[-2].text in STOPS:
        return True
    return opens and (text in OPENERS)
