"""Text → tokens with exact offsets, and where sentences begin."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from string import ascii_uppercase, digits
from typing import final

from flows.annotate.chunks import find_tokens
from flows.annotate.entities.lexicon import Lexicon, edge_words, fold

# Abbreviations and initials keep their points ("U.S.", "J. Ruiz", "S.Okello"); a hyphen joins; a
# possessive is a token of its own.
TOKEN = re.compile(
    r"[^\W\d_]{2,}(?=[ ,\n])"  # most words: nothing is glued to them
    r"|(?:St|Ste|Mt|Ft)\.(?=[ \xa0][A-ZÀ-ÖØ-Þ])"  # "St. Louis"
    r"|(?:[^\W\d_]\.){2,}"
    r"|[^\W\d_]\.(?=[^\W\d_]{2})[^\W\d_]+"
    r"|[A-HJ-Z]\.(?=[ \xa0][A-ZÀ-ÖØ-Þ])|(?<=[^\W\d_A-Z] )I\.(?= [A-ZÀ-ÖØ-Þ])"
    r"|[^\W_]+(?:(?:[-‐‑'’ʻʼ&]|\.(?=[a-z0-9]))(?![sS](?![^\W_]))[^\W_]+)*"
    r"|['’](?:[sS]| s)(?![^\W_])"
    r"|[^\w\s]|_"
)
WITH_STOP = frozenset(("St", "Ste", "Mt", "Ft"))
"""Abbreviations that keep their full stop before a name."""
_STREET_STARTS = frozenset(ascii_uppercase + digits)
STOPS = frozenset(".!?…")
OPENERS = frozenset("\"'“‘«([{—–-*•>|")
CLOSERS = frozenset("\"'”’»)]}")
MARKS = STOPS | OPENERS | CLOSERS


@final
class Token:
    """`text` stands at `start:end`; `opens` says that a sentence or a line begins here, `line`
    counts lines from 0.
    """

    __slots__ = ("end", "line", "opens", "start", "text")

    def __init__(self, text: str, start: int, end: int, opens: bool, line: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.opens, self.line = opens, line


def tokenise(text: str, lexicon: Lexicon) -> list[Token]:
    """Return the tokens of `text` in order; linear in its length."""
    tokens: list[Token] = []
    classes = lexicon.classes
    opens, line, last = True, 0, 0
    for start, word in find_tokens(TOKEN, text, 0, len(text), with_stop=WITH_STOP):
        end = start + len(word)
        if start > last and (start > last + 1 or text[last] != " "):
            breaks = text.count("\n", last, start)
            if breaks:
                line += breaks
                opens = True
        last = end
        if word.isalnum():  # most are: no compound, and nothing that ends or opens a sentence
            tokens.append(Token(word, start, end, opens, line))
            opens = False
        elif word == "I." and not _is_initial_behind(tokens, lexicon):
            tokens.append(Token("I", start, end - 1, opens, line))
            tokens.append(Token(".", end - 1, end, False, line))
            opens = True
        elif word == "St." and _is_street(tokens):
            tokens.append(Token("St", start, end - 1, opens, line))
            tokens.append(Token(".", end - 1, end, False, line))
            opens = True
        elif "-" not in word or word == "-":
            word = f"{word[0]}s" if word[1:] == " s" else word  # a possessive torn from its name
            tokens.append(Token(word, start, end, opens, line))
            opens = word in MARKS and _opens_next(tokens, opens, classes)
        else:
            for piece_start, piece_end in _pieces(word, start, end, classes):
                word = text[piece_start:piece_end]
                tokens.append(Token(word, piece_start, piece_end, opens, line))
                opens = _opens_next(tokens, opens, classes)
    return tokens


def _is_initial_behind(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether an initial may stand behind the last token: a given name, and no king's, who has a
    number ("Joseph I. Brandreth"; not "World War I", "King Joseph I", nor the pronoun).
    """
    name = tokens[-1].text if tokens else ""
    before = tokens[-2].text if len(tokens) > 1 else ""
    return (
        name.istitle() and fold(name) in lexicon.given and fold(before) not in edge_words("regnal")
    )


def _is_street(tokens: Sequence[Token]) -> bool:
    """Whether "St." behind the last token is a street, whose point ends the sentence ("on Pine St.
    The mayor"; not "In St. Louis").
    """
    before = tokens[-1] if tokens else None
    return before is not None and not before.opens and before.text[0] in _STREET_STARTS


def _pieces(
    word: str, start: int, end: int, classes: Mapping[str, frozenset[str]]
) -> list[tuple[int, int]]:
    """Split a compound at the hyphen between a name and a plain word."""
    if "-" not in word:
        return [(start, end)]
    head, _, rest = word.partition("-")
    is_body = head == "Anti"  # "the Anti-Corruption Commission"
    if head.casefold() in classes["heads"] and rest[:1].isupper() and not is_body:
        return [
            (start, start + len(head)),
            (start + len(head), start + len(head) + 1),
            (start + len(head) + 1, end),
        ]
    parts = word.split("-")
    if (
        len(parts) == 2
        and parts[1][:1].isupper()
        and all(part.lower() in classes["lands"] for part in parts)
    ):
        return [
            (start, start + len(parts[0])),
            (start + len(parts[0]), end - len(parts[1])),
            (end - len(parts[1]), end),
        ]
    first, _, tail = word.rpartition("-")
    if tail in classes["tails"]:
        return [
            (start, start + len(first)),
            (start + len(first), start + len(first) + 1),
            (end - len(tail), end),
        ]
    return [(start, end)]


def _opens_next(tokens: list[Token], opens: bool, classes: Mapping[str, frozenset[str]]) -> bool:
    """Say whether the next token opens a sentence, the tokens so far being given."""
    text = tokens[-1].text
    if text in STOPS:
        before = tokens[-2].text if len(tokens) > 1 else ""
        abbreviated = text == "." and (
            before.casefold() in classes["abbreviations"] or (len(before) == 1 and before.isupper())
        )
        return not (abbreviated and tokens[-2].end == tokens[-1].start)
    if text in CLOSERS and len(tokens) > 1 and tokens[-2].text in STOPS:
        return True
    return opens and (text in OPENERS)
