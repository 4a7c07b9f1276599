"""Text in a script with capitals → tokens with offsets, and where sentences begin."""

from __future__ import annotations

import re
from typing import final

from flows.annotate.chunks import find_tokens
from flows.annotate.remember import remembered

ELIDED = r"(?i:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|dell|nell|all|dall|sull|un|quell|quest|gl|anch)"
TOKEN = re.compile(
    r"[^\W\d_]+(?=[ ,\n])"  # most words: nothing is glued to them
    rf"|(?:(?<![^\W_]){ELIDED}['’](?=[^\W\d_]))"
    r"|[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω]\.(?=[ \xa0]?[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω])"
    r"|(?:[^\W\d_]\.){2,}"
    r"|[^\W_]+(?:[-‐‑ʼ&][^\W_]+|\.(?=[a-z])[^\W_]+|['’](?=[^\W\d_])[^\W_]+)*"
    r"|[^\w\s]|_"
)
STOPS = frozenset(".!?…:;")
OPENERS = frozenset("\"'“„‘‚«»‹›([{—–-*•>|")
ABBREVIATIONS = frozenset(
    "dr prof st sr sra mr mrs m mme nr bzw ca usw vgl dhr mevr ing hr fr jr dott sig on av no art"
    " abs zb d h u a mio mrd inc ltd co corp г р ул им т д гг".split()
)
TURKISH = re.compile(r"['’](?=[a-zçğıöşü]{1,5}$)")


@final
class Token:
    """`text` stands at `start:end`; `opens` says that a sentence or a line begins here."""

    __slots__ = ("end", "opens", "start", "text")

    def __init__(self, text: str, start: int, end: int, opens: bool) -> None:
        self.text, self.start, self.end, self.opens = text, start, end, opens


def tokenise(text: str, language: str) -> list[Token]:
    """Return the tokens of `text` in order. Turkish endings behind an apostrophe are parted."""
    tokens: list[Token] = []
    opens, last, is_turkish = True, 0, language in ("tr", "az")
    for start, word in find_tokens(TOKEN, text, 0, len(text)):
        end = start + len(word)
        is_gap = start > last and (start > last + 1 or text[last] != " ")
        if is_gap and "\n" in text[last:start]:
            opens = True
        last = end
        cut = TURKISH.search(word) if is_turkish else None
        if cut:
            middle = start + cut.start()
            tokens.append(Token(word[: cut.start()], start, middle, opens))
            tokens.append(Token(word[cut.start() :], middle, end, False))
            opens = False
            continue
        tokens.append(Token(word, start, end, opens))
        if word.isalnum():
            opens = False
        elif word in STOPS:
            before = tokens[-2] if len(tokens) > 1 else None
            opens = not (
                word == "."
                and before is not None
                and before.end == start
                and (before.text.casefold() in ABBREVIATIONS or before.text.isdigit())
            )
        elif not (opens and word in OPENERS):
            opens = False
    return tokens


@remembered(20_000)
def is_capital(word: str) -> bool:
    """Whether a word has a capital that may be a name's."""
    first = word[0]
    if first.isupper():
        return True
    return first.isalpha() and any(map(str.isupper, word[1:]))
