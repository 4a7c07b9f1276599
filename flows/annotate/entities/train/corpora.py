"""Labelled text of other projects → marked articles to learn from.

The texts stay outside the repository; `../data/SOURCES.md` names them with their licences.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from flows.annotate.entities.train.corpus import Marked

SENTENCES = 12
"""Sentences that make an article."""

WORDS = 250
"""Words that make an article, where sentences are not marked."""

LABELS = {"PER": "PERSON", "LOC": "PLACE", "ORG": "ORG"}
TIGHT = frozenset(".,;:!?)]}%»”")
OPEN = frozenset("([{«“")


def assembled(words: Iterable[tuple[str, str]], language: str) -> Marked:
    """Return text with entities of (word, tag) pairs."""
    text, entities, start, label = "", [], 0, ""
    last = ""
    for word, tag in words:
        kind = LABELS.get(tag[2:], "")
        if label and not (tag.startswith("I-") and kind == label):
            entities.append((start, len(text), label))
            label = ""
        glued = not text or word in TIGHT or last in OPEN or last.endswith(("'", "’"))
        merged = None
        if language == "pt" and not glued and not label:
            merged = _contraction(last, word)
        if merged is not None:
            text = text[: len(text) - len(last)] + merged
            last = merged
            continue
        text += "" if glued else " "
        if kind and not label:
            start, label = len(text), kind
        text += word
        last = word
    if label:
        entities.append((start, len(text), label))
    return text, entities


def _contraction(first: str, second: str) -> str | None:
    """Return the Portuguese contraction of two words ("de os" → "dos"), None for none."""
    if second not in ("o", "a", "os", "as", "este", "esta", "esse", "essa", "isso", "ele", "ela"):
        return None
    joined = {"de": "d", "em": "n", "por": "pel"}.get(first)
    if joined is None and first == "a" and second in ("o", "os"):
        joined = "a"
    if joined is None and first == "a" and second in ("a", "as"):
        return "à" + second[1:]
    return joined + second if joined else None


def universal(path: Path, language: str) -> Iterator[Marked]:
    """Yield the articles of a file of Universal NER."""
    sentence: list[tuple[str, str]] = []
    group: list[Marked] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in [*lines, ""]:
            if line.startswith("#"):
                continue
            if line.strip():
                _, word, tag, *_ = line.rstrip("\n").split("\t")
                sentence.append((word, tag))
            elif sentence:
                group.append(assembled(sentence, language))
                sentence = []
                if len(group) == SENTENCES:
                    yield joined(group, "\n" if language == "zh" else " ")
                    group = []
    if group:
        yield joined(group, " ")


def joined(parts: list[Marked], between: str) -> Marked:
    """Return the articles as one."""
    text, entities = "", list[tuple[int, int, str]]()
    for part, marks in parts:
        base = len(text)
        text += part + between
        entities.extend((base + start, base + end, label) for start, end, label in marks)
    return text, entities


def europeana(path: Path, language: str) -> Iterator[Marked]:
    """Yield the articles of a file of Europeana's newspapers, cut at full stops."""
    words: list[tuple[str, str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            word, _, tag = line.rstrip("\n").rpartition(" ")
            if not word:
                continue
            words.append((word, tag if tag[:1] in "BIO" else "O"))
            if len(words) >= WORDS and word == ".":
                yield assembled(words, language)
                words = []


def smartdata(path: Path) -> Iterator[Marked]:
    """Yield the articles of the SmartData corpus; streets and stops are no entities here."""
    raw = gzip.open(path, "rt", encoding="utf-8").read()  # noqa: SIM115
    decoder, at = json.JSONDecoder(), 0
    while at < len(raw):
        if raw[at].isspace():
            at += 1
            continue
        document, at = decoder.raw_decode(raw, at)
        text = document["text"]["string"]
        marks = []
        for mention in document["conceptMentions"]["array"]:
            kind = mention["type"]
            label = (
                "PERSON" if kind == "PERSON"
                else "ORG" if kind.startswith("ORGANIZATION")
                else "PLACE" if kind in ("LOCATION", "LOCATION_CITY")
                else None
            )  # fmt: skip
            if label:
                marks.append((mention["span"]["start"], mention["span"]["end"], label))
        yield text, sorted(marks)
