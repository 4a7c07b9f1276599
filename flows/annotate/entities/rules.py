"""Runs → spans with labels, by lists, capitals, titles and the words around."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flows.annotate.entities.lexicon import Lexicon, fold
from flows.annotate.entities.runs import JOINERS, Run, is_capital
from flows.annotate.entities.tokens import Token


class Span(NamedTuple):
    """Tokens `first` to `last` (exclusive) are one mention."""

    first: int
    last: int
    label: str


def label_run(tokens: Sequence[Token], run: Run, lexicon: Lexicon, lower: frozenset[str]) -> list[Span]:
    """Return the mentions in one run. `lower` holds the words that the text also prints without a capital."""
    spans: list[Span] = []
    at = run.first
    while at < run.last:
        known = _known(tokens, at, run.last, lexicon)
        if known and known.label in ("GPE", "LOC", "NORP", "ORG") and not _is_head(tokens, known.last, run.last, lexicon):
            spans.append(known)
            at = known.last
            continue
        end = _name_end(tokens, at, run.last, lexicon)
        span = _judge(tokens, at, end, lexicon, lower)
        if span:
            spans.append(span)
        at = max(end, at + 1)
    return spans


def _known(tokens: Sequence[Token], at: int, last: int, lexicon: Lexicon) -> Span | None:
    """Return the longest known phrase that begins at `at`."""
    best, phrase = None, ""
    for end in range(at, last):
        phrase = f"{phrase} {fold(tokens[end].text)}" if phrase else fold(tokens[end].text)
        if phrase in lexicon.phrases and is_capital(tokens[at].text):
            best = Span(at, end + 1, lexicon.phrases[phrase][0])
        if phrase not in lexicon.prefixes:
            break
    return best


def _is_head(tokens: Sequence[Token], at: int, last: int, lexicon: Lexicon) -> bool:
    """Say whether the word at `at` goes on with a name that a place began ("Kenya Airways")."""
    return at < last and is_capital(tokens[at].text) and fold(tokens[at].text) in lexicon.classes["org_heads"]


def _name_end(tokens: Sequence[Token], at: int, last: int, lexicon: Lexicon) -> int:
    """Return where the name that begins at `at` ends: small words join only after the head of an organisation."""
    starts = lexicon.classes["org_starts"]
    opened, end = fold(tokens[at].text) in starts, at + 1
    while end < last:
        word = tokens[end].text
        if not is_capital(word):
            follows = end + 1 < last and is_capital(tokens[end + 1].text)
            if not (word in JOINERS and (opened or word in lexicon.classes["particles"] or word == "&") and follows):
                if not (word == "the" and opened):
                    break
        opened = opened or fold(word) in starts
        end += 1
    return end


def _judge(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon, lower: frozenset[str]) -> Span | None:
    """Return the mention that tokens `first` to `last` are, titles cut off, or None."""
    classes = lexicon.classes
    titled = False
    while first < last:
        word = fold(tokens[first].text)
        if word in classes["titles"] or (word in classes["roles"] and last - first > 1):
            titled = True
        elif not (word in classes["plain_capitals"] or not is_capital(tokens[first].text) and word not in classes["particles"]):
            break
        first += 1
    words = [fold(token.text) for token in tokens[first:last]]
    if not words or words[0] in classes["months"] | classes["days"]:
        return None
    if any(word in classes["org_heads"] for word in (words[0], words[-1])) and len(words) > 1:
        return Span(first, last, "ORG")
    if words[-1] in classes["place_heads"] and len(words) > 1:
        return Span(first, last, "LOC")
    if words[-1] in classes["event_heads"] and len(words) > 1:
        return Span(first, last, "EVENT")
    if tokens[first].opens and len(words) == 1 and (words[0] in lexicon.common or words[0] in lower):
        return None
    text = tokens[first].text
    if len(words) == 1 and text.isupper() and 2 <= len(text) <= 6:
        return Span(first, last, "ORG")
    before = fold(tokens[first - 1].text).rstrip(".") if first else ""
    if titled or before in classes["titles"] or before in classes["roles"] or words[0] in lexicon.given or words[-1] in lexicon.family:
        return None if len(words) == 1 and words[0] in lexicon.common and not titled else Span(first, last, "PERSON")
    if len(words) == 1 and (words[0] in lexicon.common or words[0] in lower):
        return None
    return Span(first, last, "PERSON" if 2 <= len(words) <= 3 else "ORG" if len(words) > 3 else "PERSON")
