"""Compares wordings that spell words differently: masked ("d--n"), joined ("in to"), inflected
("support", "supported").
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from flows.annotate.names.words import distance
from flows.link.entities.spelling import skeleton
from flows.link.fingerprint import Word, number_of, words_of
from flows.link.wordings.alignment import MAX_WORDS, Alignment, Weigh, align

MASKED = re.compile(r"(?<!\w)([^\W_]+)(?:\*+|-{2,}|_{2,}|[—–]+)([^\W_]*)(?!\w)")
"""A word of which an outlet hides letters: its first and its last ones."""

MAX_MASK_ERROR = 1
"""Letters by which the length of a mask may be wrong."""

MIN_STEM, MAX_ENDINGS = 4, 3
"""Letters that two words begin with, one more if both go on, and letters of their endings together:
longer ones make another word ("discriminate", "discrimination").
"""

MIN_LETTERS = 5
"""Letters from which one different letter may be a spelling."""

Wording = tuple[str, tuple[int, ...]]
"""A text and its words as numbers."""

ByLetter = dict[str, list[str]]
"""Words that only the other wording has, by their first letter."""


def align_respelled(one: Wording, other: Wording, weigh: Weigh) -> Alignment | None:
    """Return what two wordings share if words that they spell differently are equal; None if there
    are no such words.
    """
    found = [
        align(words, there[1], weigh)
        for here, there in ((one, other), (other, one))
        if (words := _respelled(here[0], there[0])) != here[1]
    ]
    return max(found, key=lambda some: some.common_weight, default=None)


def _respelled(text: str, other: str) -> tuple[int, ...]:
    """Return the words of `text` as numbers. A word that `other` spells differently has the number
    of that spelling.
    """
    words = _words(text)
    own, known = {word.form for word in words}, {word.form for word in _words(other)}
    theirs: ByLetter = defaultdict(list)
    for form in sorted(known - own):
        theirs[form[0]].append(form)
    unmasked = _unmasked(text, words, theirs)
    found: list[int] = []
    place = 0
    while place < len(words):
        form, size = words[place].form, 1
        if place in unmasked:
            form, size = unmasked[place]
        elif form not in known and form.isalpha():
            form, size = _spelled(words, place, theirs.get(form[0], []))
        found.append(number_of(form))
        place += size
    return tuple(found)


@lru_cache(maxsize=20_000)
def _words(text: str) -> list[Word]:
    return words_of(text)[:MAX_WORDS]


def _unmasked(text: str, words: list[Word], theirs: ByLetter) -> dict[int, tuple[str, int]]:
    """Return the form of each masked word, by the place of its first part, and the number of its
    parts.
    """
    found = {}
    for match in MASKED.finditer(text):
        parts = [n for n, word in enumerate(words) if match.start() <= word.start < match.end()]
        plain = [form for form in theirs.get(match[1][0].casefold(), ()) if _hides(match, form)]
        if parts and plain:
            found[parts[0]] = plain[0], len(parts)
    return found


def is_masked(text: str, words: list[Word], plain: list[Word]) -> bool:
    """Whether `words` of `text` are the one word `plain` with letters hidden."""
    return len(plain) == 1 and any(
        match.start() <= words[0].start
        and words[-1].end <= match.end()
        and _hides(match, plain[0].form)
        for match in MASKED.finditer(text)
    )


def _hides(match: re.Match[str], form: str) -> bool:
    """Whether a match of MASKED can stand for a word."""
    is_as_long = abs(len(form) - (match.end() - match.start())) <= MAX_MASK_ERROR
    head, tail = match[1].casefold(), match[2].casefold()
    return is_as_long and form.startswith(head) and form.endswith(tail)


def _spelled(words: list[Word], place: int, theirs: list[str]) -> tuple[str, int]:
    """Return how the other text spells the word at `place`, and how many words that are here."""
    form = words[place].form
    if place + 1 < len(words) and (joined := form + words[place + 1].form) in theirs:
        return joined, 2
    return next((other for other in theirs if _is_one_word(form, other)), form), 1


def _is_one_word(one: str, other: str) -> bool:
    """Whether two words with one first letter are spellings or inflections of one word."""
    stem = common_start(one, other)
    endings = len(one) + len(other) - 2 * stem
    if endings <= MAX_ENDINGS and stem >= MIN_STEM + (stem < min(len(one), len(other))):
        return other.isalpha()
    return (
        min(len(one), len(other)) >= MIN_LETTERS
        and abs(len(one) - len(other)) <= 1
        and skeleton(one) == skeleton(other)
        and distance(one, other) <= 1
    )


def common_start(one: str, other: str) -> int:
    """Return how many characters two texts begin with."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
