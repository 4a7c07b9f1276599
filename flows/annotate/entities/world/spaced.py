"""Entities in scripts without capitals whose words are divided by spaces: Arabic, Hebrew,
Devanagari, Ethiopic and others.

A name is found where a list holds it, or where a cue beside it (a title, a word for a kind of
organisation) says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from flows.annotate.entities.world.cues import Cues, cues
from flows.annotate.entities.world.gazetteer import LABELS, Gazetteer, gazetteer

Labelled = tuple[int, int, str]

WORD = re.compile(
    r"[^\W\d_](?:[^\W\d_]|[\u0900-\u097f\u064b-\u065f\u200c'\"׳״’-](?=\w)|[\u0900-\u097f])*"
)
MAX_PHRASE = 5
MIN_STRIPPED = 3
"""Letters of a known name behind a prefix."""

MAX_ORG = {"arabic": 3, "hebrew": 2, "ethiopic": 2}
"""Words of an organisation's name behind the word that opens it."""

MAX_BEFORE_END = 2
"""Words of an organisation's name before the word that ends it."""

ARTICLE = {"arabic": "ال", "hebrew": "ה"}


class Word(NamedTuple):
    """A word with its offsets; `is_next` says that only a space parts it from the one before."""

    text: str
    start: int
    end: int
    is_next: bool


def words_of(text: str) -> list[Word]:
    """Return the words of a text."""
    found: list[Word] = []
    for match in WORD.finditer(text):
        beside = bool(found) and text[found[-1].end : match.start()] in (" ", "\u200c", "\xa0")
        found.append(Word(match[0], match.start(), match.end(), beside))
    return found


class Spaced:
    """Finds the names of one text."""

    def __init__(self, text: str, script: str) -> None:
        self._words = words_of(text)
        self._script = script
        self._known: Gazetteer = gazetteer(script)
        self._cues: Cues | None = cues(script)

    def spans(self) -> Iterator[Labelled]:
        """Yield (start, end, label) in order; they do not overlap."""
        at, surnames = 0, set[str]()
        found: list[tuple[int, int, str, int]] = []
        while at < len(self._words):
            person = self._person(at)
            place = self._place(at)
            org = self._org(at)
            size, label, skip = max(place, org, key=lambda option: option[0])
            if person and (person > size or label == "PLACE"):
                size, label, skip = person, "PERSON", 0
            if size:
                found.append((at, at + size, label, skip))
                if label == "PERSON" and size > 1:
                    surnames.add(self._words[at + size - 1].text)
            at += max(size, 1)
        taken = {index for first, last, *_ in found for index in range(first, last)}
        for index, word in enumerate(self._words):
            if index not in taken:
                bare, cut = self._bare(word.text, surnames)
                if bare and len(bare) >= MIN_STRIPPED:
                    found.append((index, index + 1, "PERSON", cut))
        for first, last, label, skip in sorted(found):
            yield self._words[first].start + skip, self._words[last - 1].end, label

    def _bare(self, word: str, some: Collection[str]) -> tuple[str, int]:
        """Return the word without a prefix where `some` holds it, and the prefix's length."""
        if word in some:
            return word, 0
        for prefix in self._cues.prefixes if self._cues else ():
            rest = word[len(prefix) :]
            if word.startswith(prefix) and len(rest) >= MIN_STRIPPED and rest in some:
                return rest, len(prefix)
        return "", 0

    def _without_prefixes(self, word: str) -> list[tuple[str, int]]:
        """Return the word and its rests behind a prefix, each with the prefix's length."""
        prefixes = self._cues.prefixes if self._cues else ()
        rests = [(word[len(p) :], len(p)) for p in prefixes if word.startswith(p)]
        return [(word, 0), *rests]

    def _place(self, at: int) -> tuple[int, str, int]:
        """Return (words, label, letters of the prefix) of the longest known name at a word."""
        best = (0, "", 0)
        words, known = self._words, self._known
        phrases = self._without_prefixes(words[at].text)
        for count in range(1, MAX_PHRASE + 1):
            if count > 1:
                if at + count > len(words) or not words[at + count - 1].is_next:
                    break
                phrases = [(f"{p} {words[at + count - 1].text}", cut) for p, cut in phrases]
            for phrase, cut in phrases:
                if phrase in known.kinds and (not cut or len(phrase) >= MIN_STRIPPED):
                    kind = known.kinds[phrase]
                    best = (count, "ORG" if LABELS[kind] == "ORG" else "PLACE", cut)
                    break
            phrases = [some for some in phrases if some[0] in known.starts]
            if not phrases:
                break
        if best[0] or self._cues is None:
            return best
        before = words[at - 1].text if at else ""
        if (
            words[at].is_next
            and before in self._cues.place
            and words[at].text not in self._cues.small
        ):
            article = ARTICLE.get(self._script, "\0")
            double = (
                at + 1 < len(words)
                and words[at + 1].is_next
                and words[at + 1].text.startswith(article)
                and not words[at].text.startswith(article)
            )
            return (2 if double else 1), "PLACE", 0
        end = next((e for e in self._cues.place_end if words[at].text.endswith(e)), "")
        if end and len(words[at].text) > len(end) + 1 and self._script == "devanagari":
            return 1, "PLACE", 0
        return best

    def _org(self, at: int) -> tuple[int, str, int]:
        """Return (words, label, prefix) of an organisation that a word for its kind opens or
        ends.
        """
        words, known = self._words, self._cues
        if known is None:
            return 0, "", 0
        head, cut = self._bare(words[at].text, known.org)
        if head:
            size, article = 1, ARTICLE.get(self._script, "")
            for index in range(at + 1, min(len(words), at + 1 + MAX_ORG.get(self._script, 1))):
                word = words[index]
                if not word.is_next or word.text in known.small or word.text in known.says:
                    break
                was_definite = words[index - 1].text.startswith(article) and index - 1 > at
                if article and was_definite and not word.text.startswith(article):
                    break
                if self._known.given and word.text in self._known.given and size > 1:
                    break
                size += 1
                if self._script == "hebrew" and word.text.startswith(article):
                    break
            if size > 1:
                return size, "ORG", cut
        for size in range(MAX_BEFORE_END + 1, 1, -1):
            some = words[at : at + size]
            if (
                len(some) == size
                and some[-1].text in known.org_end
                and all(word.is_next for word in some[1:])
                and not any(word.text in known.small for word in some)
            ):
                return size, "ORG", 0
        return 0, "", 0

    def _person(self, at: int) -> int:
        """Return how many words of a person's name begin at a word; 0 for none."""
        words, known, lists = self._words, self._cues, self._known
        if known is None:
            return 0
        word = words[at]
        if word.text in known.small or word.text in known.title or word.text in lists.kinds:
            return 0
        is_given = word.text in lists.given
        titled = word.is_next and at > 0 and self._bare(words[at - 1].text, known.title)[0] != ""
        if not (is_given or titled):
            return 0
        chain = self._chain(at)
        after = words[at + chain].text if at + chain < len(words) else ""
        if is_given and chain > 1 and words[at + 1].text in lists.family | lists.given:
            third = chain > 2 and words[at + 2].text in lists.family
            return 3 if third else 2
        if (
            is_given
            and chain > 1
            and (after in known.says or self._says_before(at) or self._is_near_title(at))
        ):
            return 2
        if titled and chain > 1 and self._script in ("devanagari", "arabic", "hebrew"):
            article = ARTICLE.get(self._script, "\0")
            if not word.text.startswith(article) and (is_given or chain == 2):
                return 2
        if is_given and chain == 2 and (not word.is_next or self._is_last(at + 1)):
            return 2  # the words between two marks
        if titled and is_given:
            return 1
        return 0

    def _is_near_title(self, at: int) -> bool:
        """Whether a title stands among the four words before one, nothing but spaces between."""
        words, titles = self._words, self._cues.title if self._cues else frozenset()
        for index in range(at - 1, max(0, at - 4) - 1, -1):
            if not words[index + 1].is_next:
                return False
            if self._bare(words[index].text, titles)[0]:
                return True
        return False

    def _is_last(self, at: int) -> bool:
        """Whether a mark stands behind a word, and a title some words before it."""
        words, known = self._words, self._cues
        closed = at + 1 >= len(words) or not words[at + 1].is_next
        return closed and any(
            self._bare(word.text, known.title)[0] if known else False
            for word in words[max(0, at - 8) : at]
        )

    def _says_before(self, at: int) -> bool:
        """Whether a reporting verb stands right before a word."""
        known = self._cues
        return known is not None and at > 0 and self._words[at - 1].text in known.says

    def _chain(self, at: int) -> int:
        """Return how many words from one on could be one name."""
        known, size = self._cues, 1
        while size < 4 and at + size < len(self._words):
            word = self._words[at + size]
            if not word.is_next or known is None:
                break
            if word.text in known.small or word.text in known.says or word.text in known.title:
                break
            size += 1
        return size


def label_spaced(text: str, script: str) -> list[Labelled]:
    """Return (start, end, label) of the names in a text."""
    return list(Spaced(text, script).spans())
