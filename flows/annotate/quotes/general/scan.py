"""A text as words, punctuation, whole quotations and sentences, in any language that puts spaces
between words.

Not here: what the words mean; scripts without spaces (`unspaced`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.annotate.chunks import find_tokens
from flows.annotate.languages.load import Language, Phrases
from flows.annotate.quotes.marked import Marked
from flows.annotate.quotes.tokens import BREAK, PUNCT, QUOTE, WORD, Sentence, Token, cut, divide

PUNCTUATION = '.,;:!?…()[]{}"“”„«»‹›‘‚‛`—–―|/。，、！？：；،؛؟।·•*<>=+‎‏'
_LETTERS = rf"[^\s{re.escape(PUNCTUATION)}'’]+"
TOKEN = re.compile(
    rf"{_LETTERS}(?:(?:(?<=\w)['’](?=\w)|(?<=[\u0590-\u05ff])\"(?=[\u0590-\u05ff])){_LETTERS})*"
    r"['’]?|[^\s]"
)
STOPS = frozenset(".!?…؟।")
COMMAS = frozenset((",", "،", "、"))
# Tokens of a report behind a quotation.
MAX_REPORT = 10


@dataclass(slots=True)
class Scan:
    """The tokens and sentences of a text, and the stretches in marks that some tokens stand for."""

    text: str
    language: Language
    tokens: list[Token]
    sentences: list[Sentence]
    marked: list[Marked]


def scan(
    text: str, spans: Sequence[tuple[int, int]], marked: list[Marked], language: Language
) -> Scan:
    """Return `text` scanned; `spans` are its paragraphs, `marked` its stretches, in order."""

    def words(text: str, start: int, end: int, into: list[Token]) -> None:
        _add_words(text, start, end, language, into)

    tokens = divide(text, spans, marked, words)
    sentences = cut(tokens, lambda i: _ends(text, tokens, i, marked, language))
    return Scan(text, language, tokens, sentences, marked)


def words_of(text: str, start: int, end: int, language: Language) -> list[Token]:
    """Return the tokens of `text[start:end]` alone."""
    tokens: list[Token] = []
    _add_words(text, start, end, language, tokens)
    return tokens


def phrases_at(tokens: Sequence[Token], i: int, phrases: Phrases) -> Iterator[int]:
    """Yield the token behind each of the `phrases` that begins at token `i`, the longest first."""
    for words in phrases.get(tokens[i].low, ()):
        if tuple(token.low for token in tokens[i : i + len(words)]) == words:
            yield i + len(words)


def _add_words(text: str, start: int, end: int, language: Language, tokens: list[Token]) -> None:
    stop = start
    for at, word in find_tokens(TOKEN, text, start, end):
        if at < stop:
            continue  # the full stop of an abbreviation
        if word.isalpha():  # most words: nothing is glued to them
            stop = at + len(word)
            low = word.lower()
            if text[stop : stop + 1] == "." and (low in language.abbreviations or len(word) == 1):
                word, low, stop = word + ".", low + ".", stop + 1
            tokens.append(Token(at, stop, word, low, WORD))
            continue
        if (len(word) == 1 and (word in PUNCTUATION or word in "-'’‑")) or not word.strip("-‑'’"):
            tokens.append(Token(at, at + len(word), word, word, PUNCT))
            continue
        stop = at + len(word)
        low = word.lower().replace("'", "’")
        if text[stop : stop + 1] == "." and low in language.abbreviations:
            word, low, stop = word + ".", low + ".", stop + 1
        if language.elisions and "’" in low[:8]:
            head, _, rest = low.partition("’")
            if rest and head in language.elisions:
                cut = at + len(head) + 1
                tokens.append(Token(at, cut, word[: len(head) + 1], head + "’", WORD))
                word, low, at = word[len(head) + 1 :], rest, cut
        for clitic in language.clitics:
            if low.endswith(clitic) and len(low) > len(clitic):
                cut = stop - len(clitic)
                tokens.append(Token(at, cut, word[: -len(clitic)], low[: -len(clitic)], WORD))
                word, low, at = word[-len(clitic) :], clitic, cut
                break
        tokens.append(Token(at, stop, word, low, WORD))


def _ends(
    text: str, tokens: list[Token], i: int, marked: Sequence[Marked], language: Language
) -> bool:
    token, after = tokens[i], tokens[i + 1]
    if after.kind == BREAK:
        return False
    begins = after.kind == QUOTE or not after.text[0].islower()
    if token.kind == PUNCT and token.text in STOPS:
        if not begins or after.start == token.end:
            return False
        if after.kind == QUOTE and not tokens[i - 1].text.strip("IVX"):
            return False  # "Benedikt XVI. „ist …“"
        is_ordinal = tokens[i - 1].text.isdigit() and (
            after.low in language.months or after.low in language.time_words
        )
        return not is_ordinal
    if token.kind != QUOTE:
        return False
    if text[marked[token.quote].end - 1] not in ".!?…؟।。":
        return False
    if after.kind == QUOTE:
        return True
    if after.kind != WORD or not begins:
        return False
    return language.is_cased or not _reports(tokens, i + 1, language)


def _reports(tokens: list[Token], i: int, language: Language) -> bool:
    """Whether the words from token `i` on, behind a quotation, say whose it is: where no capital
    shows it, by a verb or a particle at once, or by a verb that ends the clause.
    """
    if tokens[i].low in language.says or tokens[i].low in language.after_marks:
        return True
    if language.order != "verb-last":
        return False
    for k in range(i + 1, min(len(tokens), i + MAX_REPORT)):
        if tokens[k].kind != WORD:
            return tokens[k - 1].low in language.says
    return False
