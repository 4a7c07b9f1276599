"""The people of one text: their full names, what a surname or a pronoun stands for.

Here: names from mentions, gender from titles and given names, the person a "she" may mean.
Not here: who said what.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.annotate.model import Mention
from flows.annotate.quotes.lexicon import lexicon
from flows.annotate.quotes.tokens import QUOTE, WORD, Token

# A party and a state ("R-Ky."): part of no name.
_PARTY = re.compile(r"[RDI]-[A-Z][a-z]{1,5}\b")
# The only tokens that matter to a vote: pronouns, and the stops that end a sentence.
_TELLING = frozenset(["he", "she", "his", "her", ".", "!", "?"])


@dataclass(slots=True)
class Name:
    """One place where the text names somebody or something: offsets, label, and the fullest
    name.
    """

    start: int
    end: int
    label: str
    full: str


@dataclass(slots=True)
class People:
    """All names of a text in order, with lookups by offset."""

    names: list[Name]
    starts: list[int] = field(default_factory=list)
    gender: dict[str, str] = field(default_factory=dict)
    _bearers: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.starts = [name.start for name in self.names]
        for name in self.names:
            if name.label == "PERSON" and name.full.strip():
                self._bearers.setdefault(name.full.split()[-1].lower(), set()).add(name.full)

    def bearer(self, surname: str) -> str | None:
        """Return the full name of the only person with that surname, in lower case; None where
        there is none, or more than one.
        """
        bearers = self._bearers.get(surname, set())
        return next(iter(bearers)) if len(bearers) == 1 else None

    def within(self, start: int, end: int) -> list[Name]:
        """Return the names that lie in `start:end`."""
        return [
            n
            for n in self.names[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
            if n.end <= end
        ]


def is_party_and_state(word: str) -> bool:
    """Whether a word is a party and a state ("R-Ky.")."""
    return _PARTY.match(word) is not None


def find_people(text: str, tokens: list[Token], mentions: Sequence[Mention]) -> People:
    """Return the people of `text`, as its `mentions` name them."""
    names = [
        Name(m.start, m.end, m.label, m.name)
        for m in mentions
        if not _PARTY.match(text, m.start, m.end)
    ]
    people = People(names)
    _learn_gender(text, tokens, people)
    return people


def _learn_gender(text: str, tokens: list[Token], people: People) -> None:
    """Set the gender of each person: by title, by given name, then by the pronouns that follow."""
    words = lexicon()
    for name in people.names:
        if name.label != "PERSON" or name.full in people.gender:
            continue
        before = text[max(0, name.start - 14) : name.start].lower().split()
        title = before[-1].strip(".,(“\"'") if before else ""
        first = (name.full.split() or [""])[0].lower()
        inner = (text[name.start : name.end].split() or [""])[0].lower().rstrip(".")
        if title in words["male_titles"] or inner in words["male_titles"]:
            people.gender[name.full] = "he"
        elif title in words["female_titles"] or inner in words["female_titles"]:
            people.gender[name.full] = "she"
        elif " " in name.full and (first in words.male or first in words.female):
            people.gender[name.full] = "he" if first in words.male else "she"
    _vote_by_pronouns(tokens, people)


def _vote_by_pronouns(tokens: list[Token], people: People) -> None:
    """Set the gender that neither title nor name shows, by pronouns that follow a lone person."""
    votes: dict[str, int] = {}
    latest: Name | None = None
    at = 0
    for i, token in enumerate(tokens):
        if (token.low and token.low not in _TELLING) or token.kind == QUOTE:
            continue
        while at < len(people.names) and people.names[at].start <= token.start:
            if people.names[at].label == "PERSON":
                latest = (
                    people.names[at]
                    if latest is None or people.names[at].full == latest.full
                    else None
                )
            at += 1
        if token.kind != WORD:
            latest = None
        elif latest is not None and not (token.low == "her" and _is_object(tokens[i + 1])):
            votes[latest.full] = votes.get(latest.full, 0) + (
                1 if token.low in ("he", "his") else -1
            )
    for full, vote in votes.items():
        if vote:
            people.gender.setdefault(full, "he" if vote > 0 else "she")


def _is_object(after: Token) -> bool:
    """Whether a "her" before that token is no possessive: then it is somebody else than the subject
    ("Quill agreed with her").
    """
    return after.kind != WORD or after.low in lexicon().closed
