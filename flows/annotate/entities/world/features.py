"""Features of the tokens of a text for the model: the word, its lists, its neighbours, and evidence
of the whole text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from flows.annotate.entities.features import shape
from flows.annotate.entities.model import encoded
from flows.annotate.entities.world.classes import classes_of
from flows.annotate.entities.world.gazetteer import (
    INFLECTED,
    MAX_WORDS,
    find,
    gazetteer,
    stem,
    stem_starts,
)
from flows.annotate.entities.world.scripts import latin
from flows.annotate.entities.world.tokens import Token, is_capital

BEFORE, BEHIND = 1, 3
"""Tokens around a capital that may belong to its name."""

Window = tuple[int, int]
"""First and last (exclusive) token that the model labels in one go."""


def windows(tokens: Sequence[Token], capitals: Sequence[int]) -> list[Window]:
    """Return the stretches of tokens in which names may stand; none crosses a sentence. `capitals`
    are the tokens with a capital.
    """
    found: list[Window] = []

    def opens(at: int) -> bool:
        return at < len(tokens) and tokens[at].opens

    for at in capitals:
        first = at
        while first > at - BEFORE and not tokens[first].opens:
            first -= 1
        last = at + 1
        while last < len(tokens) and last <= at + BEHIND and not tokens[last].opens:
            last += 1
        joined = found and (first < found[-1][1] or (first == found[-1][1] and not opens(first)))
        if joined:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


class Evidence:
    """What the whole text says about its words, and the known names in it."""

    def __init__(self, tokens: Sequence[Token], language: str, script: str) -> None:
        self.tokens, self.language, self.script = tokens, language, script
        words = [token.text for token in tokens]
        self.capitals = [
            at for at, word in enumerate(words) if not word.islower() and is_capital(word)
        ]
        self.sentences = list(accumulate(int(token.opens) for token in tokens))
        self.lower = {word for word in set(words) if word.islower()}
        self.facts: dict[str, set[str]] = defaultdict(set)
        self.phrases: dict[int, tuple[str, ...]] = {}
        self._said: dict[str, tuple[bytes, ...]] = {}
        self._note()
        self._find()

    def of(self, at: int) -> tuple[bytes, ...]:
        """Return the features of the token at `at` that depend on the text."""
        word = self.tokens[at].text
        if (said := self._said.get(word)) is None:
            said = self._said[word] = self._of_word(word)
        phrase = self.phrases.get(at)
        return encoded(phrase) + said if phrase else said

    def _of_word(self, word: str) -> tuple[bytes, ...]:
        """Return what the text says of a word, wherever it stands."""
        if not is_capital(word):
            return ()
        found = encoded(sorted(self.facts.get(word, ())))
        return (*found, b"lower") if word.lower() in self.lower else found

    def _note(self) -> None:
        """Note what stands beside the capitalised words."""
        tokens, language = self.tokens, self.language
        for at in self.capitals:
            token = tokens[at]
            if not token.text[0].isupper() or not token.text[0].isalpha():
                continue
            facts = self.facts[token.text]
            if token.opens:
                continue
            before = tokens[at - 1].text
            if token.text.istitle():
                facts.add("d:firm")
            for name in word_classes(before, language):
                if name in ("title", "-title", "in"):
                    facts.add(f"d:{name}")
            if before[0].isupper():
                own = own_features(before, language, self.script)
                if b"g=given" in own:
                    facts.add("d:after-given")

    def _find(self) -> None:
        """Find the known names, the longest first."""
        known = gazetteer(self.script)
        behind = 0
        for at in self.capitals:
            if at < behind:
                continue
            size, kind = self._known_at(at, known.starts)
            if kind:
                self.phrases[at] = (f"p=B-{kind}",) + ((f"p={kind}+",) if size > 1 else ())
                for inner in range(at + 1, at + size):
                    self.phrases[inner] = (f"p=I-{kind}",)
            behind = at + size

    def _known_at(self, at: int, starts: frozenset[str]) -> tuple[int, str]:
        """Return (tokens, kind) of the longest known name at a token; (0, "") for none."""
        key = latin(self.tokens[at].text)
        best, family = (0, ""), INFLECTED.get(self.language)
        for count in range(1, MAX_WORDS + 1):
            if count > 1:
                if at + count > len(self.tokens) or self.tokens[at + count - 1].opens:
                    break
                key = f"{key} {latin(self.tokens[at + count - 1].text)}"
            found = known_kind(key, self.script, self.language)
            if found:
                best = (count, found)
            is_started = key in starts or (
                family is not None and stem(key, family) in stem_starts(self.script, family)
            )
            if not is_started:
                break
        return best


@lru_cache(maxsize=30_000)
def known_kind(key: str, script: str, language: str) -> str:
    """Return the kind of a known name, "" for none."""
    found = find(key, script, language)
    return found.kind if found else ""


@lru_cache(maxsize=20_000)
def word_classes(word: str, language: str) -> tuple[str, ...]:
    """Return the classes of a word in a language."""
    return classes_of(latin(word), language)


@lru_cache(maxsize=20_000)
def own_features(word: str, language: str, script: str) -> tuple[bytes, ...]:
    """Return the features of a word, wherever it stands."""
    key, look = latin(word), shape(word)
    group = "de" if language == "de" else "x"
    row = [f"w={key}", f"s={look}", f"s={look}|{group}"]
    row.extend(f"c={name}" for name in word_classes(word, language))
    if not word[0].isalpha():
        return encoded(row)
    if is_capital(word):
        lists = gazetteer(script)
        parts = key.split("-") if "-" in key else [key]
        named = [
            name
            for name, some in (("given", lists.given), ("family", lists.family))
            if any(part in some for part in parts)
        ]
        row.extend(f"g={name}" for name in named)
        row.append("g=" + "+".join(named))
        kind = known_kind(key, script, language)
        if kind:
            row.append(f"k={kind}")
        if len(key) > 4:
            row.extend((f"z4={key[-4:]}", f"z3={key[-3:]}", f"z2={key[-2:]}", f"a3={key[:3]}"))
            row.append(f"z3={key[-3:]}|{language}")
        if "-" in word:
            row.append(f"h={shape(word.split('-')[0])}|{parts[-1][-5:]}")
        row.append(f"n={min(len(key), 9)}")
    return encoded(row)


OFFSETS = (-2, -1, 1, 2)
"""Where the neighbours of a token stand whose features it has."""

NOBODY = encoded(f"{offset}w=_" for offset in OFFSETS)
"""For each of OFFSETS, the feature of a token without a neighbour there in its sentence."""


@lru_cache(maxsize=20_000)
def as_neighbour(word: str, language: str, script: str) -> tuple[tuple[bytes, ...], ...]:
    """Return the features that a word gives to a token, by where it stands: for each of OFFSETS."""
    return tuple(near_features(word, offset, language, script) for offset in OFFSETS)


def near_features(word: str, offset: int, language: str, script: str) -> tuple[bytes, ...]:
    """Return the features of a word as a neighbour."""
    key, look = latin(word), shape(word)
    row = [f"{offset}w={key}"] if not is_capital(word) or abs(offset) == 1 else []
    row.append(f"{offset}s={look}")
    row.extend(f"{offset}c={name}" for name in word_classes(word, language))
    if abs(offset) == 1 and is_capital(word):
        lists = gazetteer(script)
        row.extend(
            f"{offset}g={name}"
            for name, some in (("given", lists.given), ("family", lists.family))
            if key in some
        )
        kind = known_kind(key, script, language)
        if kind:
            row.append(f"{offset}k={kind}")
    return encoded(row)


def rows(evidence: Evidence, window: Window) -> list[list[bytes]]:
    """Return the features of the tokens of a window."""
    tokens, language, script = evidence.tokens, evidence.language, evidence.script
    sentences = evidence.sentences
    first, last = window
    found = []
    low, high = max(0, first - 2), min(len(tokens), last + 2)
    beside = [as_neighbour(token.text, language, script) for token in tokens[low:high]]
    for at in range(first, last):
        own, here = own_features(tokens[at].text, language, script), at - low
        # for most tokens, all of whose neighbours stand in the sentence: the same without a loop
        if low <= at - 2 and at + 2 < high and sentences[at - 2] == sentences[at + 2]:
            row = [
                *own,
                *beside[here - 2][0],
                *beside[here - 1][1],
                *beside[here + 1][2],
                *beside[here + 2][3],
            ]
        else:
            row = [*own]
            for number, offset in enumerate(OFFSETS):
                near = at + offset
                if low <= near < high and sentences[near] == sentences[at]:
                    row += beside[near - low][number]
                else:
                    row.append(NOBODY[number])
        if tokens[at].opens:
            row.append(b"opens")
        row += evidence.of(at)
        found.append(row)
    return found
