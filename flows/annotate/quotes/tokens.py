"""The text as words, marks of punctuation, whole quotations and paragraph breaks, and the sentences
they make.

A quotation is one token here, so that a full stop inside it ends no sentence that goes on after it.
Not here: what the words mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import final

from flows.annotate.chunks import find_tokens
from flows.annotate.quotes.lexicon import lexicon
from flows.annotate.quotes.marked import Marked

TOKEN = re.compile(
    # most words are small; those that begin with a, p or t may be "a.m.", "p.m." or "think tank",
    # and capitals of abbreviations have at most four letters behind them
    r"[b-oq-su-z]\w*(?:['’‘‑\-]\w+)*"
    r"|[^\w\s]"
    r"|(?:a(?!\.m\.)|p(?!\.m\.)|t(?!hink[ -]tanks?\b)|[A-Z][a-z]{5})\w*(?:['’‘‑\-]\w+)*"
    r"|(?:[A-Z]\.){2,}(?:['’‘]s|-\w+)*"
    r"|think[ -]tanks?\b"
    r"|(?:Mr|Mrs|Ms|Dr|Prof|Del|Atty|Supt|Amb|Pres|Sen|Sens|Rep|Reps|Gov|Govs|Gen|Lt|Col|Maj|Sgt|Capt|Adm|Rev|Hon|St|Jr|Sr|vs|Inc|Corp|Co|Ltd|No|Jan|Feb|Mar|Apr|Aug"
    r"|Sept|Oct|Nov|Dec|Calif|Fla|Tex|Mass|Conn|Ariz|Colo|Ill|Ind|Mich|Minn|Mo|Wis|Va|Pa|Md|Ga|Ala|Tenn|Ky|Wash|Ore|Nev|Okla|a\.m|p\.m)\."
    r"|(?:MR|MRS|MS|DR|SEN|REP|GOV|GEN|PROF|REV)\.(?=\s[A-Z])"
    r"|[RDI]-[A-Z][a-z]{1,5}\.?(?=[,)])"
    r"|[A-Z]\.(?=\s[A-Z])"
    r"|\d+(?:[\-‑][a-z]\w*)+"
    r"|\d+(?:[.,:/]\d+)*(?:\w+|%)?"
    r"|\w+(?:['’‘‑\-]\w+)*"
)
WITH_STOP = frozenset(
    (
        "Mr Mrs Ms Dr Prof Del Atty Supt Amb Pres Sen Sens Rep Reps Gov Govs Gen Lt Col Maj Sgt"
        " Capt Adm Rev Hon St Jr Sr vs Inc Corp Co Ltd No Jan Feb Mar Apr Aug Sept Oct Nov Dec"
        " Calif Fla Tex Mass Conn Ariz Colo Ill Ind Mich Minn Mo Wis Va Pa Md Ga Ala Tenn Ky Wash"
        " Ore Nev Okla MR MRS MS DR SEN REP GOV GEN PROF REV"
    ).split()
)
"""Words that keep their full stop."""
WITH_NEXT = frozenset(("think",))
"""Words that may make one token with the next ("think tank")."""
# A sentence is cut after this many tokens, so that work stays linear on text without stops.
MAX_SENTENCE = 300
AHEAD = 2
"""How many tokens behind any word a rule may look."""
_STOPS = frozenset(".!?…")

POSSESSIVE = ("'s", "’s")
"""How a possessive ends."""

WORD, PUNCT, QUOTE, BREAK = "word", "punct", "quote", "break"


@final
class Token:
    """One token; `quote` is the index of the marked stretch it stands for (-1 for other tokens)."""

    __slots__ = ("end", "kind", "low", "quote", "start", "text")

    def __init__(
        self, start: int, end: int, text: str, low: str, kind: str, quote: int = -1
    ) -> None:
        self.start, self.end, self.text = start, end, text
        self.low, self.kind, self.quote = low, kind, quote

    @property
    def is_name(self) -> bool:
        """Whether the word is capitalised."""
        return self.kind == WORD and self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first:last` (exclusive) of one sentence, and the number of its paragraph."""

    first: int
    last: int
    paragraph: int


def tokenise(text: str, spans: Sequence[tuple[int, int]], marked: Sequence[Marked]) -> list[Token]:
    """Return the tokens of an English text; see `divide`."""
    return divide(text, spans, marked, _words)


def divide(
    text: str,
    spans: Sequence[tuple[int, int]],
    marked: Sequence[Marked],
    words: Callable[[str, int, int, list[Token]], None],
) -> list[Token]:
    """Return the tokens of `text`: words and punctuation outside `marked`, one token for each of
    them, a break after each paragraph, and breaks at the end, so that rules may look AHEAD tokens
    behind any word.

    `words` adds the tokens of a stretch of the text without marks. Paragraphs that one quotation
    joins are one: what follows its closing mark stands right behind it.
    """
    tokens: list[Token] = []
    following = at = 0
    for start, end in spans:
        at = max(at, start)
        while following < len(marked) and marked[following].outer_start < end:
            mark = marked[following]
            if mark.outer_start >= at:
                words(text, at, mark.outer_start, tokens)
                tokens.append(Token(mark.outer_start, mark.outer_end, "", "", QUOTE, following))
            at = max(at, mark.outer_end)
            following += 1
        if at <= end:
            words(text, at, end, tokens)
            tokens.append(Token(end, end, "", "", BREAK))
    tokens += [Token(len(text), len(text), "", "", BREAK) for _ in range(AHEAD)]
    return tokens


def _words(text: str, start: int, end: int, tokens: list[Token]) -> None:
    add = tokens.append
    for first, word in find_tokens(
        TOKEN, text, start, end, with_stop=WITH_STOP, with_next=WITH_NEXT
    ):
        last = first + len(word)
        if word.isalnum():
            add(Token(first, last, word, word.lower(), WORD))
        elif word[0].isalnum() or word[0] == "_":
            add(Token(first, last, word, word.lower().replace("‘", "’"), WORD))
        else:
            add(Token(first, last, word, "’" if word == "‘" else word.lower(), PUNCT))


def sentences(text: str, tokens: list[Token], marked: Sequence[Marked]) -> list[Sentence]:
    """Return the sentences of an English text; see `cut`."""
    return cut(tokens, lambda i: _ends_sentence(text, tokens, i, marked))


def cut(tokens: list[Token], ends: Callable[[int], bool]) -> list[Sentence]:
    """Return the sentences, in order; together they hold every token but the breaks. `ends` says
    whether a sentence ends with the token at an index, which is no word.
    """
    result, first, paragraph = [], 0, 0
    for i, token in enumerate(tokens):
        kind = token.kind
        if kind == WORD and i - first < MAX_SENTENCE:
            continue
        if kind == BREAK:
            if i > first:
                result.append(Sentence(first, i, paragraph))
            first, paragraph = i + 1, paragraph + 1
        elif i - first >= MAX_SENTENCE or ends(i):
            result.append(Sentence(first, i + 1, paragraph))
            first = i + 1
    return result


def _ends_sentence(text: str, tokens: list[Token], i: int, marked: Sequence[Marked]) -> bool:
    """Whether a sentence ends with token `i`, by it and what follows."""
    token, after = tokens[i], tokens[i + 1]
    if after.kind == BREAK:
        return False  # the break itself ends it
    if token.kind == PUNCT:
        if token.text not in _STOPS:
            return False
        if after.kind == WORD:
            return (after.is_name or after.text[0].isdigit()) and after.start > token.end
        return after.kind == QUOTE or after.text in "([–—-•*'"
    if token.kind != QUOTE:
        return False
    last = text[marked[token.quote].end - 1]
    if last not in _STOPS:
        return False
    if after.kind == QUOTE:
        return True
    return after.is_name and not _is_attribution(tokens, i + 1, sure=last != ".")


def _is_attribution(tokens: list[Token], i: int, *, sure: bool) -> bool:
    """Whether the words from `i` on read "Quill said", so that they belong to the quotation before
    them.

    After a full stop only a pronoun or a short name right before the verb will do; after other
    stops a name with its appositions.
    """
    words = lexicon()
    for distance in range(25 if sure else 4):
        token = tokens[i + distance]
        if token.kind != WORD and not (sure and token.text in (",", "(", ")")):
            return False  # "Quill (D-Ohio), the whip, asked"
        cue = words.cues.get(token.low)
        bare = (
            token.low in words.particles
            and tokens[i + distance + 1].low not in words.particles[token.low]
        )
        if (
            cue is not None
            and distance
            and "speech" in cue.kinds
            and not bare
            and cue.form != "ing"
        ):
            return _says_no_more(
                tokens, i + distance + 1, listener=sure and cue.lemma in words["listener_verbs"]
            )
        if 0 < distance < 3 and (
            token.low == "to"
            or token.low in words["common_verbs"]
            or (cue is not None and token.low not in words.noun_forms)
        ):
            return False
        if distance < 10 and (
            token.low in words["auxiliaries"] or token.low in words["subordinators"]
        ):
            return False
    return False


def _says_no_more(tokens: list[Token], i: int, *, listener: bool) -> bool:
    """Whether the words from `i` on, right behind a cue, bring no other words of the speaker: a
    stop, a time or place, no object.

    A `listener` verb may have one, the person spoken to.
    """
    words, token = lexicon(), tokens[i]
    if token.kind == BREAK or token.text in _STOPS:
        return True
    adverbial = (
        token.low in words["prepositions"]
        or token.low in words["days"]
        or token.low in words["adverbs"]
        or token.low.endswith("ly")
    )
    if not (
        adverbial
        or listener
        or token.text == ","
        or token.low in ("reporters", "when", "as", "while")
    ):
        return False
    for following in tokens[i + 1 : i + 5]:
        if following.kind == BREAK or following.text in _STOPS:
            return True
        if following.kind == QUOTE or following.low in ("that", ":"):
            return False
    return True
