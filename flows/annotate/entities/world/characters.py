"""Entities in Chinese: every character is a token of its own, and a trained model labels them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from flows.annotate.entities.model import sure_spans
from flows.annotate.entities.world.cues import cues
from flows.annotate.entities.world.gazetteer import Gazetteer, gazetteer

MODEL = "han.crfsuite"
MAX_KNOWN = 12
"""Characters of a known name."""

MAX_SENTENCE = 120
"""Characters that the model labels in one go."""

MIN_CONFIDENCE = {"PERSON": 0.45, "ORG": 0.45, "PLACE": 0.45}

SENTENCE = re.compile(r"[^\n。！？!?；;]{1,%d}[。！？!?；;]?" % MAX_SENTENCE)  # noqa: UP031
CJK = re.compile(r"[\u3400-\u9fff]")

SURE = frozenset(("country", "body"))
"""Kinds of known names that are mentions even where the model does not mark them."""

LABELS = {"country": "PLACE", "body": "ORG"}

Labelled = tuple[int, int, str]


@functools.cache
def starts() -> frozenset[str]:
    """Return the first two characters of the known names."""
    return frozenset(name[:2] for name in gazetteer("han").kinds)


def known_at(text: str, known: Gazetteer) -> list[str]:
    """Return for each character its place in a known name: "B-kind", "I-kind" or ""."""
    found, at, firsts = [""] * len(text), 0, starts()
    while at < len(text):
        size = 0
        if text[at : at + 2] in firsts:
            for count in range(min(MAX_KNOWN, len(text) - at), 1, -1):
                kind = known.kinds.get(text[at : at + count])
                if kind:
                    found[at] = f"B-{kind}"
                    found[at + 1 : at + count] = [f"I-{kind}"] * (count - 1)
                    size = count
                    break
        at += max(size, 1)
    return found


def character_rows(text: str) -> list[list[str]]:
    """Return the features of each character of a sentence."""
    known = gazetteer("han")
    marks = known_at(text, known)
    given = _given_characters()
    kinds = [
        ("s" if char in known.family else "") + ("g" if char in given else "") + _kind(char)
        for char in text
    ]
    padded = f"^^{text}$$"
    found = []
    for at, char in enumerate(text):
        here = at + 2
        a, b, d, e = padded[here - 2], padded[here - 1], padded[here + 1], padded[here + 2]
        row = [
            f"0={char}", f"-1={b}", f"1={d}", f"-2={a}", f"2={e}",
            f"-10={b}{char}", f"01={char}{d}", f"-2-1={a}{b}", f"12={d}{e}", f"-11={b}{d}",
            f"k={kinds[at]}",
        ]  # fmt: skip
        if at:
            row.append(f"-1k={kinds[at - 1]}")
        if at + 1 < len(text):
            row.append(f"1k={kinds[at + 1]}")
        if at + 2 < len(text):
            row.append(f"k3={kinds[at]}|{kinds[at + 1]}|{kinds[at + 2]}")
        if marks[at]:
            row.append(f"p={marks[at]}")
        if at and marks[at - 1]:
            row.append(f"-1p={marks[at - 1]}")
        found.append(row)
    return found


@functools.cache
def _given_characters() -> frozenset[str]:
    """Return the characters of given names."""
    return frozenset(char for name in gazetteer("han").given for char in name)


def _kind(char: str) -> str:
    """Return what kind of character it is: Chinese (c), letter (a), digit (d) or mark (m)."""
    if CJK.match(char):
        return "c"
    return "d" if char.isdigit() else "a" if char.isalpha() else "m"


def label_characters(text: str) -> list[Labelled]:
    """Return (start, end, label) of the names in a text, in order."""
    found = list(_modelled(text))
    taken = {at for start, end, _ in found for at in range(start, end)}
    for start, end, label in (*_titled(text), *_known(text)):
        if taken.isdisjoint(range(start, end)):
            found.append((start, end, label))
            taken.update(range(start, end))
    return sorted(found)


def _titled(text: str) -> Iterator[Labelled]:
    """Yield the people whose name stands behind an office, and again where they are named later."""
    family, known = gazetteer("han").family, cues("han")
    if known is None:
        return
    behind, seen = known.small, set[str]()
    for office in _offices().finditer(text):
        at = office.end()
        if text[at : at + 1] not in family:
            continue
        for size in (3, 2):
            if (
                CJK.match(text[at + size - 1 : at + size])
                and text[at + size : at + size + 1] in behind
            ):
                name = text[at : at + size]
                if name in seen:
                    break
                seen.add(name)
                yield from (
                    (match.start(), match.end(), "PERSON")
                    for match in re.finditer(re.escape(name), text)
                )
                break


@functools.cache
def _offices() -> re.Pattern[str]:
    """Return a pattern of the offices that stand right before a name."""
    known = cues("han")
    titles = sorted(known.title if known else (), key=lambda title: (-len(title), title))
    return re.compile("|".join(map(re.escape, titles)))


def _known(text: str) -> Iterator[Labelled]:
    """Yield the countries and bodies that are known."""
    marks = known_at(text, gazetteer("han"))
    for at, mark in enumerate(marks):
        kind = mark.removeprefix("B-")
        if mark.startswith("B-") and kind in SURE:
            end = at + 1
            while end < len(marks) and marks[end] == f"I-{kind}":
                end += 1
            yield at, end, LABELS[kind]


def _modelled(text: str) -> Iterator[Labelled]:
    """Yield the names that the model marks."""
    for sentence in SENTENCE.finditer(text):
        if CJK.search(sentence[0]):
            rows = character_rows(sentence[0])
            yield from sure_spans(__package__, MODEL, sentence.start(), rows, MIN_CONFIDENCE)
