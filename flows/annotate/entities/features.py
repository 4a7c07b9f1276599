"""The features of each token of a run: the word, its lists, its neighbours, its run, and evidence
from the rest of the article.

A name is seen as its lists and its shape, never as itself, so the model learns contexts and not the
names of its training articles.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from flows.annotate.entities.article import Article
from flows.annotate.entities.lexicon import fold, is_acronym, lexicon
from flows.annotate.entities.model import encoded
from flows.annotate.entities.runs import Run, is_capital
from flows.annotate.entities.tokens import Token
from flows.annotate.remember import remembered

VOCABULARY_LEVEL = 35  # SCOWL level up to which a plain word is seen as itself
SHOUTED_WORDS = 4
_EDGE = "_"


def run_features(tokens: Sequence[Token], run: Run, article: Article) -> list[list[bytes]]:
    """Return the features of each token of the run."""
    first, last = run
    shouted, line = _is_shouted(tokens, run), tokens[first].line
    around = range(first - 2, last + 2)
    words = [
        tokens[near].text if 0 <= near < len(tokens) and tokens[near].line == line else _EDGE
        for near in around
    ]
    if shouted:
        words = [_calm(word) for word in words]
    beside = list(map(_as_neighbour, words))
    rows = []
    for here, at in enumerate(range(first, last), 2):
        row = [
            *_own(words[here]),
            *beside[here - 2][0],
            *beside[here - 1][1],
            *beside[here + 1][2],
            *beside[here + 2][3],
        ]
        if shouted:
            row.append(b"shouted")
        if tokens[at].opens:
            row.append(b"opens")
        row += article.phrase_features.get(at, ())
        segment = article.segment_at.get(at)
        if segment is not None:
            row += _place(at - segment.first, segment.last - segment.first)
            row += article.segment_features(segment)
        row += article.word_features(at)
        rows.append(row)
    return rows


def _is_shouted(tokens: Sequence[Token], run: Run) -> bool:
    """Say whether the run is a headline in capitals throughout."""
    if run.last - run.first < SHOUTED_WORDS:
        return False
    words = [token.text for token in tokens[run.first : run.last] if token.text[0].isalpha()]
    return len(words) >= SHOUTED_WORDS and all(map(str.isupper, words))


def _calm(word: str) -> str:
    """Return a word of a shouted headline as a title would have it."""
    return word.title() if len(word) > 1 else word


@functools.lru_cache(maxsize=1_000)
def _place(at: int, length: int) -> tuple[bytes, ...]:
    """Say where in its segment of `length` tokens a token stands."""
    return encoded(
        (
            f"n={min(length, 5)}",
            f"i={min(at, 4)}",
            f"j={min(length - 1 - at, 4)}",
            f"i/n={min(at, 4)}/{min(length, 5)}",
        )
    )


@remembered(20_000)
def classes_of(word: str) -> tuple[str, ...]:
    """Return what the lists say of a word, wherever it stands."""
    known, key = lexicon(), fold(word)
    found = list(known.classes_of.get(key, ()))
    if is_acronym(word):
        found = [name for name in found if name in ("things", "titles", "roles")]
    if key in known.given:
        found.append("given")
    if key in known.family:
        found.append("family")
    if not found and "-" in key:
        parts = key.split("-")
        found.extend(
            name
            for name, listed in (("given", known.given), ("family", known.family))
            if any(part in listed for part in parts)
        )
    phrase = known.phrases.get(key)
    if phrase:
        found.append(phrase[1])
    level = known.common.get(key)
    if level is not None and not is_acronym(word):
        found.append(f"plain{level}")
    return tuple(found)


@remembered(20_000)
def shape(word: str) -> str:
    """Return the pattern of capitals: "Xx", "XX", "X.", "Xx-Xx", "9", "x" or the mark itself."""
    if word.isalpha():
        if word.islower():
            return "x"
        if word[0].isupper() and word[1:].islower():
            return "Xx"
    out: list[str] = []
    for char in word[:24]:
        kind = "X" if char.isupper() else "x" if char.isalpha() else "9" if char.isdigit() else char
        if not out or out[-1] != kind or (kind == "X" and len(out) < 2):
            out.append(kind)
    return "".join(out)[:8]


@remembered(20_000)
def seen_word(word: str) -> str:
    """Return the word as the model sees it: itself when it is plain English or in a class, else
    what it looks like.
    """
    known, key = lexicon(), fold(word)
    if is_acronym(word):
        return (
            "?"
            + shape(word)
            + (key if key in known.phrases or key in known.classes["things"] else "")
        )
    if (
        known.common.get(key, 99) <= VOCABULARY_LEVEL
        and key not in known.given
        and key not in known.family
    ):
        return key
    if key in known.classes_of or not word[0].isalnum():
        return key
    return "?" + shape(word)


@remembered(20_000)
def _own(word: str) -> tuple[bytes, ...]:
    key, classes = fold(word), classes_of(word)
    row = [f"w={seen_word(word)}", f"s={shape(word)}", *(f"c={name}" for name in classes)]
    row.append(
        "c="
        + "+".join(
            name
            for name in classes
            if name in ("given", "family") or name.startswith(("plain", "city"))
        )
    )
    if not any(name.startswith("plain") for name in classes) and len(key) > 4:
        row.extend((f"z3={key[-3:]}", f"z2={key[-2:]}", f"a2={key[:2]}"))
    return encoded(row)


@remembered(20_000)
def _as_neighbour(word: str) -> tuple[tuple[bytes, ...], ...]:
    """Return the features that a word gives to a token, by where it stands: two and one before it,
    one and two behind it.
    """
    if word == _EDGE:
        return (b"-2w=_",), (b"-1w=_",), (b"1w=_",), (b"2w=_",)
    seen, look = seen_word(word), shape(word)
    told = [name for name in classes_of(word) if not name.startswith("plain")]
    far = [] if is_capital(word) else told
    return (
        encoded((f"-2w={seen}", *[f"-2c={name}" for name in far])),
        encoded((f"-1w={seen}", *[f"-1c={name}" for name in told], f"-1s={look}")),
        encoded((f"1w={seen}", *[f"1c={name}" for name in told], f"1s={look}")),
        encoded((f"2w={seen}", *[f"2c={name}" for name in far])),
    )
