"""Evidence from the whole article about its words: which also occur in lower case, which follow a
title or end a longer name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from flows.annotate.entities.lexicon import (
    Lexicon,
    edge_words,
    fold,
    is_shared_title,
    lexicon,
    types,
)
from flows.annotate.entities.model import Span, encoded
from flows.annotate.entities.runs import Run, is_capital
from flows.annotate.entities.tokens import Token
from flows.annotate.remember import remembered

ARTICLES = frozenset(("The", "A", "An"))
"""Articles that open a sentence."""

AGE_DIGITS = 2
"""Digits of the ages that articles give beside names."""


class Segment(NamedTuple):
    """A stretch of capitals without small words between: tokens `first` to `last`, exclusive."""

    first: int
    last: int
    key: str


def behind_article(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return where the name in tokens `first:last` begins, without the article that opens a
    sentence ("The White House").
    """
    return first + (last - first > 1 and tokens[first].text in ARTICLES)


def word_before(tokens: Sequence[Token], first: int) -> str:
    """Return the word before token `first`, over the stop of an abbreviation ("Mr. Okoro"); ""
    where the token opens a sentence.
    """
    if not first or tokens[first].opens:
        return ""
    is_stop = tokens[first - 1].text == "." and first > 1
    return tokens[first - 2 if is_stop else first - 1].text


def stands_as_place(tokens: Sequence[Token], segment: Segment, lexicon: Lexicon) -> bool:
    """Whether a place has the name of a segment, and a preposition of places stands before it ("in
    Santander").
    """
    is_place = lexicon.phrases.get(fold(segment.key), ("", "", ""))[0] == "GPE"
    places = lexicon.classes["place_prepositions"] - {"at", "from", "to"}
    return is_place and fold(word_before(tokens, segment.first)) in places


def names_of_people(tokens: Sequence[Token], spans: Iterable[Span]) -> set[str]:
    """Return the first and the last word of each person who has a name of several words."""
    return {
        tokens[at].text
        for span in spans
        if span.label == "PERSON" and span.last - span.first > 1
        for at in (span.first, span.last - 1)
    }


def acts(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether token `at` and the next ones often follow a person: "said", "'s", an age
    ("White, 61,"), a colon behind capitals, a verb in the past behind a word in the singular; an
    adverb may stand before.
    """
    words = [token.text for token in tokens[at : at + 3]] + [""] * 3
    if words[0].endswith("ly") and words[0].islower():
        words = words[1:]
    if words[0].endswith("ed") and words[0].islower() and not tokens[at - 1].text.endswith("s"):
        return True
    return (
        is_aged(tokens, at)
        or words[0] in ("'s", "’s")
        or (words[0] == ":" and tokens[at - 1].text.isupper())
        or any(fold(words[0]) in verbs for verbs in (lexicon.classes["says"], edge_words("acts")))
    )


def is_aged(tokens: Sequence[Token], at: int) -> bool:
    """Whether an age between commas begins at token `at` (", 61,", ", now 61,")."""
    words = [token.text for token in tokens[at : at + 4]] + [""] * 3
    if words[1] in ("now", "then", "aged"):
        words = [words[0], *words[2:]]
    return words[0] == words[2] == "," and words[1].isdigit() and len(words[1]) == AGE_DIGITS


def behind_day(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return where a name begins in tokens `first:last` behind the day or month in which something
    happened: "On Monday Quarrie Hall closed", "In May Summer Hale left".
    """
    if last - first == 1:
        return first  # nothing stands behind a day
    day_leads = edge_words("day_leads")
    is_led = first > 0 and fold(tokens[first - 1].text) in day_leads
    leads = fold(tokens[first].text) in day_leads
    day = first + leads
    is_day = day < last - 1 and fold(tokens[day].text) in edge_words("weekdays")
    is_month = day < last - 2 and fold(tokens[day].text) in edge_words("months")
    return day + 1 if (is_day or is_month) and (leads or is_led) else first


def is_titled(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> bool:
    """Return whether a short title stands before tokens `first:last`, or one that two share ("Rep.
    Ana Ruiz", "Presidents Okoro and Vance").
    """
    at = first - 1
    if at > 0 and tokens[at].text == "." and tokens[first].line == tokens[at].line:
        at -= 1
    key = fold(tokens[at].text) if at >= 0 else ""
    if is_shared_title(key, lexicon):
        return last < len(tokens) and tokens[last].text == "and"
    return (
        key in lexicon.classes["titles"]
        and key in lexicon.classes["abbreviations"]
        and tokens[at].text.istitle()
        and key != "st"
    )


class Article:
    """Evidence of one article, collected in one pass over its runs."""

    def __init__(self, tokens: Sequence[Token], runs: Sequence[Run], lexicon: Lexicon) -> None:
        self._tokens, self._lexicon = tokens, lexicon
        self.lower = {word for word in {token.text for token in tokens} if word.islower()}
        self.segment_at: dict[int, Segment] = {}
        self.phrase_features: dict[int, tuple[bytes, ...]] = {}
        self._facts: dict[str, set[str]] = defaultdict(set)
        self._cached: dict[str, tuple[bytes, ...]] = {}
        self._firm: set[str] = set()
        self.segments = [segment for run in runs for segment in self._segments(run)]
        for run in runs:
            self._phrases(run)
        for segment in self.segments:
            self._note(segment)
        self._relate()

    def segment_features(self, segment: Segment) -> tuple[bytes, ...]:
        """Return what is true of the segment's words anywhere in the article."""
        found = self._cached.get(segment.key)
        if found is None:
            facts = sorted(self._facts[segment.key])
            found = self._cached[segment.key] = encoded(facts) + _inner(segment.key)
        return found

    def word_features(self, at: int) -> tuple[bytes, ...]:
        """Return what the article does with the word at `at` elsewhere."""
        word = self._tokens[at].text
        key = word.lower() if len(word) > 3 or not word.isupper() else ""  # "US" is not "us"
        is_firm = word in self._firm
        if key in self.lower:
            return (b"lower", b"firm") if is_firm else (b"lower",)
        return (b"firm",) if is_firm else ()

    def _key(self, first: int, last: int) -> str:
        return " ".join(token.text for token in self._tokens[first:last])

    def _segments(self, run: Run) -> list[Segment]:
        found, at = [], run.first
        while at < run.last:
            end = at
            while end < run.last and (
                is_capital(self._tokens[end].text)
                or (end > at and self._tokens[end].text[0].isdigit())
            ):
                end += 1
            start = behind_day(self._tokens, at, end)
            bare = start
            while bare < end - 1 and self._is_before_name(bare):
                bare += 1
            if bare > start and self._key(start, end) not in types():  # "General Mills" is one
                start = bare
            if end > start:
                segment = Segment(start, end, self._key(start, end))
                found.append(segment)
                self.segment_at.update((index, segment) for index in range(start, end))
            at = max(end, at + 1)
        return found

    def _is_before_name(self, at: int) -> bool:
        """Whether the word at `at` is a title, a role or a party ("Presidents Okoro and Vance")."""
        key = fold(self._tokens[at].text)
        return (
            key in self._lexicon.classes["titles"]
            or key in self._lexicon.classes["roles"]
            or key in edge_words("party_people")
            or is_shared_title(key, self._lexicon)
        )

    def _note(self, segment: Segment) -> None:
        """Note what stands around a segment."""
        tokens, classes, facts = self._tokens, self._lexicon.classes, self._facts[segment.key]
        before = fold(word_before(tokens, segment.first))
        after = fold(tokens[segment.last].text) if segment.last < len(tokens) else ""
        if not tokens[segment.first].opens:
            self._firm.update(token.text for token in tokens[segment.first : segment.last])
        if before in classes["titles"] or before in classes["roles"]:
            facts.add("d:titled")
        if before in classes["place_prepositions"]:
            facts.add("d:in")
        if before == "the":
            facts.add("d:the")
        if after in classes["says"]:
            facts.add("d:says")
        if after in ("'s", "’s"):
            facts.add("d:'s")

    def _relate(self) -> None:
        """Note which segments end or begin a longer one, and which are short for the one before
        them.
        """
        for segment in self.segments:
            words = segment.key.split(" ")
            named = fold(words[0]) in self._lexicon.given
            for cut in range(1, min(len(words), 6)):
                tail, head = " ".join(words[cut:]), " ".join(words[:cut])
                if tail in self._facts:
                    self._facts[tail].add("d:ends-given" if named else "d:ends")
                if head in self._facts:
                    self._facts[head].add("d:begins")
            opened = segment.first > 1 and self._tokens[segment.first - 1].text == "("
            if (
                opened
                and segment.last < len(self._tokens)
                and self._tokens[segment.last].text == ")"
                and segment.last - segment.first == 1
            ):
                self._facts[segment.key].add("d:bracketed")

    def _phrases(self, run: Run) -> None:
        """Note the longest known names in a run, from left to right."""
        known, at = self._lexicon, run.first
        while at < run.last:
            phrase, best, label = "", 0, ""
            for end in range(at, run.last):
                phrase = (
                    f"{phrase} {fold(self._tokens[end].text)}"
                    if phrase
                    else fold(self._tokens[end].text)
                )
                if phrase in known.phrases:
                    best, label = end + 1, known.phrases[phrase][1]
                if phrase not in known.prefixes:
                    break
            if best and is_capital(self._tokens[at].text):
                for index in range(at, best):
                    where = "B" if index == at else "I"
                    alone = "1" if best - at == 1 else ""
                    self.phrase_features[index] = encoded((f"g={where}{alone}{label}",))
                at = best
            else:
                at += 1


@remembered(20_000)
def _inner(key: str) -> tuple[bytes, ...]:
    """Return what the words of a segment say of it as a whole."""
    known = lexicon()
    classes, words = known.classes, [fold(word) for word in key.split(" ")]
    found = []
    for name in ("org_heads", "place_heads", "event_heads", "misc_heads"):
        if words[-1] in classes[name]:
            found.append(f"last={name}")
    if len(words) > 1:
        if words[0] in classes["org_starts"]:
            found.append("first=org")
        if words[0] in classes["place_starts"]:
            found.append("first=place")
        found.append(f"names={int(words[0] in known.given)}{int(words[-1] in known.family)}")
        found.append(f"plain={sum(word in known.common for word in words) * 3 // len(words)}")
        if any(word in classes["org_inner"] for word in words):
            found.append("has=org")
    return encoded(found)
