"""Where a report's own words begin behind its dateline: "WASHINGTON — ", "HARWICK, Feb. 2 (NNA) -
", "OSLO: ". A dateline says nothing and is a sentence of its own.

Not here: the labels of an interview (`interviews`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.annotate.quotes.people import Name
from flows.annotate.quotes.tokens import PUNCT, QUOTE, WORD, Sentence, Token

# Tokens of the longest dateline ("LOWER HARWICK, Feb. 2, 2026 (NNA, by phone) — ").
MAX_DATELINE = 16
MIN_LETTERS = 3
_DASHES = ("—", "–", "-", "―")


def behind_datelines(
    tokens: Sequence[Token], sentences: Sequence[Sentence], names: dict[int, Name]
) -> Iterator[Sentence]:
    """Yield the sentences, a dateline cut off from the first one of its paragraph."""
    paragraph = -1
    for sentence in sentences:
        end = _dateline(tokens, sentence, names) if sentence.paragraph != paragraph else None
        paragraph = sentence.paragraph
        if end is None:
            yield sentence
        else:
            yield Sentence(sentence.first, end, paragraph)
            yield Sentence(end, sentence.last, paragraph)


def _dateline(tokens: Sequence[Token], sentence: Sentence, names: dict[int, Name]) -> int | None:
    """Return the token behind the dateline that opens a sentence, None where there is none."""
    first = tokens[sentence.first]
    if first.kind != WORD or not first.is_name:
        return None
    is_loud = first.text.isupper() and len(first.text) >= MIN_LETTERS
    inside = has_agency = False
    for i in range(sentence.first + 1, min(sentence.first + MAX_DATELINE, sentence.last - 1)):
        token = tokens[i]
        if token.text in "()":
            inside = token.text == "("
            has_agency = True
        elif inside:
            continue
        elif token.text in _DASHES:
            i += tokens[i + 1].text == token.text  # "WASHINGTON -- Quill met"
            return i + 1 if (is_loud or has_agency) and _begins(tokens[i + 1]) else None
        elif token.text == ":":
            return i + 1 if _is_place(tokens, sentence.first, i, names) else None
        elif (token.kind == WORD and not (token.is_name or token.text[0].isdigit())) or (
            token.kind == PUNCT and token.text not in ",./"
        ):
            return None
    return None


def _begins(token: Token) -> bool:
    return token.kind == QUOTE or token.is_name


def _is_place(tokens: Sequence[Token], first: int, colon: int, names: dict[int, Name]) -> bool:
    """Whether the words before a colon are a place in capitals ("OSLO: Ministers agreed")."""
    if not all(t.text.isupper() or t.kind == PUNCT for t in tokens[first:colon]):
        return False
    name = names.get(colon - 1)
    return name is not None and name.label in ("GPE", "LOC") and _begins(tokens[colon + 1])
