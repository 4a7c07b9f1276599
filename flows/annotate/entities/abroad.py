"""People's names in texts that are not English: which words in a row are one, by the lists and by
what stands around them.

A name is believed when the lists hold its parts, or when the text says that it is somebody: a title
before it, an apposition, an age behind it, the family name again by itself. Places and what becomes
of a name later in the text are `listed`'s.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.annotate.entities.lexicon import Lexicon, fold, lines

_WORD = re.compile(r"[^\W\d_]+(?:['’.‑-][^\W\d_]+)*")
_AGE = re.compile(r" ?\([1-9]\d\)|, [1-9]\d,")
_BESIDE = re.compile(r"[,.;:)“”»\"]|$")

PARTICLES = frozenset(
    "von van de da di del della der den dos du la le al el bin ibn ter zu".split()
)
"""Words in lower case that a surname may begin with."""

MAX_NAME = 4
"""Words in a person's name."""

MIN_GIVEN = 4
"""Letters of a given name; shorter ones are the little words of some language (Mit, Les, Der)."""

MIN_TITLE = 5
"""Letters of a title that makes another one as its end ("Gesundheitsministerin")."""

MAX_TITLE = 24
"""Letters of the longest title sought at the end of a word, so that no word costs more than its
length.
"""

APPOSITION = 6
"""Words before a comma among which a title is sought ("die Leiterin der Behörde, Henrike Lund,
…").
"""

NOUNS = 0.2
"""Share of words with a capital above which a text writes its nouns with one, as German does; other
languages stay below.
"""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text with its key in the lists."""

    text: str
    key: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        """Say whether it begins with a capital."""
        return self.text[0].isupper()


def words_of(text: str) -> list[Word]:
    """Return the words of `text` in order."""
    return [
        Word(match[0], fold(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)
    ]


@functools.cache
def cues() -> dict[str, frozenset[str]]:
    """Return the classes of abroad.toml."""
    return {
        name: frozenset(words.split())
        for name, words in tomllib.loads("\n".join(lines("abroad.toml"))).items()
    }


class People:
    """Finds the names of people in one text."""

    def __init__(self, text: str, words: Sequence[Word], known: Lexicon) -> None:
        self._text, self._words, self._known = text, words, known
        self._alone = self._standing_alone()
        self._nouns = sum(word.is_capital for word in words) > NOUNS * len(words)

    def at(self, at: int) -> int:
        """Return how many words of a person's name begin at `at`; 0 for none."""
        chain = self._chain(at)
        while chain and chain[-1].text.lower() in PARTICLES:
            chain.pop()
        for count in range(len(chain), 1, -1):
            if chain[count - 1].text.lower() not in PARTICLES and self._is_believed(
                at, chain, count
            ):
                return count if self._nouns else len(chain)
        return 0

    def _chain(self, at: int) -> list[Word]:
        """Return the words from `at` on that could be one name: capitals and particles with a blank
        between, up to the next title.
        """
        first, chain = self._words[at], [self._words[at]]
        if not _is_name_like(first):
            return []
        for word in self._words[at + 1 : at + MAX_NAME]:
            if self._text[chain[-1].end : word.start] != " " or not (
                _is_name_like(word) or word.text in PARTICLES
            ):
                break
            chain.append(word)
        return chain

    def _is_believed(self, at: int, chain: Sequence[Word], count: int) -> bool:
        """Say whether the first `count` words of the chain are somebody's name."""
        name, first, last = chain[:count], chain[0], chain[count - 1]
        given = self._is_given(first)
        if given and any(part in self._known.family for part in _parts(last)):
            return True
        late = any(self._is_given(word) for word in chain[1:-1])
        if self._nouns and sum(word.is_capital for word in name) > 2:
            return False  # the third may be any noun
        if self._known.phrases.get(" ".join(word.key for word in name)) or (late and not given):
            return False
        aged = given and _AGE.match(self._text, last.end) is not None
        articled = at > 0 and self._words[at - 1].key in cues()["articles"]
        again = given and len(name) == 2 and last.text in self._alone and not articled
        return aged or again or self._is_titled(at) or self._is_apposed(at, last)

    def _is_given(self, word: Word) -> bool:
        """Say whether the lists hold the word as a given name."""
        return len(word.text) >= MIN_GIVEN and any(
            part in self._known.given for part in _parts(word)
        )

    def _is_titled(self, at: int) -> bool:
        """Say whether a title stands right before the word."""
        return (
            at > 0
            and self._text[self._words[at - 1].end : self._words[at].start] == " "
            and _is_title(self._words[at - 1])
        )

    def _is_apposed(self, at: int, last: Word) -> bool:
        """Say whether the name stands between marks behind a title: "die Leiterin der Behörde,
        Henrike Lund".
        """
        if (
            at == 0
            or self._text[self._words[at - 1].end : self._words[at].start] != ", "
            or not _BESIDE.match(self._text, last.end)
        ):
            return False
        for index in range(at - 1, max(-1, at - 1 - APPOSITION), -1):
            if _is_title(self._words[index]):
                return True
            if index and self._text[self._words[index - 1].end : self._words[index].start] != " ":
                break
        return False

    def _standing_alone(self) -> frozenset[str]:
        """Return the words with a capital that stand without an article or another capital before
        them, never with one: names do.
        """
        seen: dict[str, set[str]] = defaultdict(set)
        for index, word in enumerate(self._words):
            if _is_name_like(word):
                near = index and self._text[self._words[index - 1].end : word.start] == " "
                before = self._words[index - 1] if near else None
                kind = "bare" if before else "open"
                if before and (before.is_capital or before.text in PARTICLES):
                    kind = "named"
                if before and before.key in cues()["articles"]:
                    kind = "article"
                seen[word.text].add(kind)
        return frozenset(
            word for word, kinds in seen.items() if "bare" in kinds and "article" not in kinds
        )


def _is_name_like(word: Word) -> bool:
    """Say whether a word may be part of a name: a capital, and none of the words that only look
    so.
    """
    head = word.text.partition("-")[0]
    of_letters = sum(map(str.isupper, head)) > 1 and "-" in word.text  # "CSU-Mann", "UN-Rat"
    return (
        word.is_capital
        and not word.text.isupper()
        and not of_letters
        and word.key not in cues()["no_names"]
        and not _is_title(word)
    )


def _is_title(word: Word) -> bool:
    """Say whether a word says what somebody is."""
    return _is_title_key(word.key)


@functools.lru_cache(maxsize=20_000)
def _is_title_key(key: str) -> bool:
    key = key.rpartition("-")[2]
    if key in cues()["titles"]:
        return True
    ends = (key[cut:] for cut in range(max(1, len(key) - MAX_TITLE), len(key) - MIN_TITLE + 1))
    return any(end in cues()["titles"] and end not in cues()["alone"] for end in ends)


def _parts(word: Word) -> Iterator[str]:
    """Yield the keys under which the lists may hold the word: itself, and its halves where a hyphen
    joins two names.
    """
    yield word.key
    if "-" in word.key:
        yield from word.key.split("-")
