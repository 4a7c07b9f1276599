"""One text as this module reads it: tokens, sentences, marked stretches, people, side by side.

Here: the values that every later step looks at, and small questions about one token. Not here:
decisions.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from flows.annotate.model import Mention
from flows.annotate.quotes.datelines import behind_datelines
from flows.annotate.quotes.lexicon import Lexicon, lexicon
from flows.annotate.quotes.marked import Marked, paragraphs
from flows.annotate.quotes.marks import find_marked
from flows.annotate.quotes.people import Name, People, find_people
from flows.annotate.quotes.tokens import (
    BREAK,
    POSSESSIVE,
    PUNCT,
    QUOTE,
    WORD,
    Sentence,
    Token,
    sentences,
    tokenise,
)

# A name among this many first words of a sentence, behind no preposition, is taken for its subject.
OPENING = 9


@dataclass(slots=True)
class Reading:
    """A text and what is seen in it.

    `name_at` gives the name that covers a token, by the token's index; `words` are the word lists,
    `subject_starts` the offsets of names that open their sentence or stand for its subject;
    `double_style` says whether the text quotes with double marks.
    """

    text: str
    tokens: list[Token]
    sentences: list[Sentence]
    marked: list[Marked]
    people: People
    name_at: dict[int, Name]
    words: Lexicon
    subject_starts: frozenset[int]
    double_style: bool
    _outer_starts: list[int] = field(default_factory=list)
    _quotations: list[int] = field(default_factory=list)
    _colons: list[int] = field(default_factory=list)
    _telling: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._outer_starts = [mark.outer_start for mark in self.marked]
        telling = self.words.telling
        for i, token in enumerate(self.tokens):
            if token.low in telling:
                self._telling.append(i)
            elif token.text == ":":
                self._colons.append(i)
            elif token.kind == QUOTE:
                self._quotations.append(i)

    def quotations_in(self, sentence: Sentence) -> list[int]:
        """Return the tokens of a sentence that are marked stretches."""
        first = bisect_left(self._quotations, sentence.first)
        return self._quotations[first : bisect_left(self._quotations, sentence.last, first)]

    def telling_in(self, sentence: Sentence) -> list[int]:
        """Return the tokens of a sentence that are words of telling (`Lexicon.telling`)."""
        first = bisect_left(self._telling, sentence.first)
        return self._telling[first : bisect_left(self._telling, sentence.last, first)]

    def colon_in(self, first: int, last: int) -> int | None:
        """Return the first colon in tokens `first:last`."""
        at = bisect_left(self._colons, first)
        return self._colons[at] if at < len(self._colons) and self._colons[at] < last else None

    def is_quoted(self, offset: int) -> bool:
        """Whether character `offset` lies inside a marked stretch."""
        at = bisect_right(self._outer_starts, offset) - 1
        return at >= 0 and offset < self.marked[at].outer_end

    def paragraph_end(self, i: int) -> int:
        """Return the break that ends the paragraph of token `i`."""
        return next(k for k in range(i, len(self.tokens)) if self.tokens[k].kind == BREAK)

    def is_noun(self, i: int) -> bool:
        """Whether token `i` may be part of a noun phrase: a word of no closed class and no finite
        verb.
        """
        token = self.tokens[i]
        if token.kind != WORD:
            return False
        if i in self.name_at:
            return True
        low, words = token.low, self.words
        if low in words.closed:
            return False
        if token.is_name:
            return True
        if low in words.cues and low not in words.noun_forms:
            return low.endswith("ing")  # "the writing director", hardly ever "the said director"
        return not low.endswith("ly") or low in words["no_adverbs"]

    def is_adverb(self, i: int) -> bool:
        """Whether token `i` is an adverb, listed or in -ly."""
        token = self.tokens[i]
        if token.low in self.words["adverbs"]:
            return True
        if not token.low.endswith("ly") or token.low in self.words["no_adverbs"]:
            return False
        return not (i in self.name_at if token.text.isupper() else token.is_name)  # "HIGHLY"

    def is_role(self, low: str) -> bool:
        """Whether a word in small letters is what a person is, in the plural or not."""
        return low in self.words["roles"] or low.removesuffix("s") in self.words["roles"]

    def is_verb_here(self, i: int) -> bool:
        """Whether the cue word at token `i` is a verb there, by the word before it and,
        where that leaves it open, the one after.
        """
        token = self.tokens[i]
        if self._is_genitive(i - 1):
            return False  # "Quill's claims"
        if i and (
            self.tokens[i - 1].low in ("a", "an", "the")
            or self.tokens[i - 1].low in self.words["possessives"]
        ):
            return False
        if token.low not in self.words.noun_forms:
            return True
        if i == 0:
            return False
        leads = self.tokens[i + 1].text in (",", ":") and self.tokens[i + 2].kind == QUOTE
        if leads and token.low in ("read", "reads") and self.is_noun(i - 1):
            return True  # "a note in the cabin read, “...”"
        j = i - 1
        while j > 0 and (
            self.tokens[j].low in self.words["adverbs"] or self.tokens[j].low in self.words["days"]
        ):
            j -= 1
        if self.tokens[j].low == "by" and token.low.endswith("ing"):
            return True
        before = self.tokens[j]
        form = self.words.cues[token.low].form if token.low in self.words.cues else ""
        if (
            before.low == "to"
            or before.low in self.words["auxiliaries"]
            or before.low in self.words["contractions"]
        ):
            return form == (
                "ing"
                if before.low in self.words["be"] or before.low in self.words["contractions"]
                else "base"
            )
        if before.kind == PUNCT:
            return before.text in (",", ")", "—", "–")
        if before.kind != WORD:
            return False
        if before.low in self.words["subject_pronouns"]:
            return True
        if (
            before.low in self.words["determiners"]
            or before.low in self.words["possessives"]
            or before.low in self.words["prepositions"]
        ):
            return False
        if self._is_genitive(j):
            return False
        if form == "third":
            if self.tokens[i + 1].low in ("like", "of"):
                return False  # "Harbour News reports like this one"
            if j in self.name_at and self._is_adjective(j):
                return False
            return (
                j in self.name_at
                or before.is_name
                or before.low in self.words["roles"]
                or self._has_object(i)
                or (before.low.endswith("ed") and self.tokens[i + 1].kind == PUNCT)
            )
        if form == "base":
            joined = before.low in ("and", "but", "or")
            plural = before.low.endswith("s") and (
                before.low in self.words["roles"] or self.tokens[i + 1].low == "to"
            )
            leads = self.tokens[i + 1].low == "that" and self._is_behind_several(i)
            return leads or plural or ((joined or before.low.endswith("s")) and self._has_object(i))
        return j in self.name_at or before.low in self.words["roles"]

    def _is_adjective(self, i: int) -> bool:
        """Whether the name that ends with token `i` may tell whose the plural behind it is: a
        people without an article, or the object of a verb ("disputed Swedish claims").
        """
        first = i
        while first and self.name_at.get(first - 1) is self.name_at[i]:
            first -= 1
        before = self.tokens[first - 1].low if first else ""
        is_object = before.endswith("ed")
        is_people = self.name_at[i].label == "NORP" and before not in ("the", "a", "an")
        return is_object or is_people

    def _is_behind_several(self, i: int) -> bool:
        """Whether the noun phrase before token `i` opens its clause and is of several people:
        "Researchers at Harlo University report that", "Quill and her team report that".
        """
        j, joined = i - 1, False
        while j >= 0 and self.tokens[j].kind == WORD:
            low = self.tokens[j].low
            kinds = ("inner_prepositions", "determiners", "possessives")
            inner = self.is_noun(j) or any(low in self.words[kind] for kind in kinds)
            if not inner and low not in ("and", "by") and not low.endswith("ed"):
                return False
            joined |= low == "and"
            j -= 1
        first = self.tokens[j + 1].low
        several = first.endswith("s") and self.is_role(first)
        return j < i - 1 and (several or (joined and j + 1 in self.name_at))

    def _is_genitive(self, i: int) -> bool:
        """Whether token `i`, which may be before the first, ends in the 's of an owner."""
        word = self.tokens[i].low if i >= 0 else ""
        return word.endswith(POSSESSIVE) and word not in self.words["contractions"]

    def _has_object(self, i: int) -> bool:
        """Whether the word after token `i` begins an object: an article, a pronoun, a name,
        "that".
        """
        after, words = self.tokens[i + 1], self.words
        closed = (
            after.low in words["determiners"]
            or after.low in words["possessives"]
            or after.low in words["subject_pronouns"]
        )
        return (
            closed
            or after.low in words["object_pronouns"]
            or after.low in ("that", "whether", "how", "what")
            or after.is_name
        )


_end_of = attrgetter("end")


def name_index(tokens: list[Token], people: People) -> dict[int, Name]:
    """Return the name that covers each token, by token index."""
    found: dict[int, Name] = {}
    at = 0
    for name in people.names:
        at = bisect_right(tokens, name.start, at, key=_end_of)
        while at < len(tokens) and tokens[at].start < name.end:
            if tokens[at].kind == WORD:
                found.setdefault(at, name)
            at += 1
        at = max(at - 1, 0)  # the next name may begin within the same token
    return found


def read(text: str, mentions: Sequence[Mention]) -> Reading:
    """Return `text` read: its marked stretches, tokens, sentences and people."""
    spans = paragraphs(text)
    marked = find_marked(text, spans)
    tokens = tokenise(text, spans, marked)
    return _read(text, tokens, sentences(text, tokens, marked), marked, mentions)


def _read(
    text: str,
    tokens: list[Token],
    found: list[Sentence],
    marked: list[Marked],
    mentions: Sequence[Mention],
) -> Reading:
    people = find_people(text, tokens, mentions)
    names = name_index(tokens, people)
    for i in names:
        if tokens[i].text.isupper() and tokens[i].low in lexicon().closed:
            tokens[i].low = tokens[i].text  # "the WHO said", "IT told"
    found = list(behind_datelines(tokens, found, names))
    heads = [
        i
        for s in found
        for i in range(s.first, min(s.last, s.first + OPENING))
        if i in names and _opens(tokens, s, i)
    ]
    firsts = frozenset(names[i].start for i in heads) | _apposed(tokens, names)
    return Reading(
        text,
        tokens,
        found,
        marked,
        people,
        names,
        lexicon(),
        firsts,
        any(m.family == "double" for m in marked),
    )


def _opens(tokens: list[Token], sentence: Sentence, i: int) -> bool:
    """Whether token `i` stands among the first words of its sentence, behind no preposition."""
    closed = lexicon()["prepositions"]
    return all(
        tokens[k].kind == WORD and tokens[k].low not in closed for k in range(sentence.first, i)
    )


def _apposed(tokens: list[Token], names: dict[int, Name]) -> frozenset[int]:
    """Return where names begin that stand between commas behind a role: "its chairman, Ada Quill,
    was asked": as good as subjects.
    """
    found = set()
    for i, name in names.items():
        if (
            i < 2
            or tokens[i - 1].text != ","
            or tokens[i - 2].kind != WORD
            or tokens[i - 2].is_name
        ):
            continue
        last = i
        while names.get(last + 1) is name:
            last += 1
        if tokens[last + 1].text == ",":
            found.add(name.start)
    return frozenset(found)
