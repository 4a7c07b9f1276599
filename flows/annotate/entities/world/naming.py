"""Spans of a text → mentions with full names: a surname gets the full name of its bearer, a place
or body its English name.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.annotate.entities.model import Span
from flows.annotate.entities.world.features import word_classes
from flows.annotate.entities.world.gazetteer import INFLECTED, LABELS, gazetteer, stem
from flows.annotate.entities.world.peoples import peoples
from flows.annotate.entities.world.scripts import latin
from flows.annotate.entities.world.settle import known_name, words_of
from flows.annotate.entities.world.tokens import Token
from flows.annotate.model import Mention

MAX_NAME = 40
"""Characters of a name that is taken apart."""


def mentions_of(
    text: str, tokens: Sequence[Token], spans: Sequence[Span], script: str, language: str
) -> tuple[Mention, ...]:
    """Return a mention for each span; PLACE becomes GPE or LOC."""
    people = _full_names(text, tokens, spans, language)
    found = []
    for index, span in enumerate(spans):
        start, end = tokens[span.first].start, tokens[span.last - 1].end
        surface = " ".join(text[start:end].split())
        label, name = span.label, people.get(index, surface)
        if label == "NORP":
            name = peoples(language).get(words_of(tokens, span)[0], surface)
        elif label != "PERSON":
            known = known_name(tokens, span, script, language)
            kind = LABELS.get(known.kind, "GPE") if known else ""
            if label == "PLACE":
                label = kind if kind in ("GPE", "LOC") else _place_label(tokens, span, language)
            if known and kind == label:
                name = known.name or surface
        found.append(Mention(start, end, label, name))
    return tuple(found)


def _place_label(tokens: Sequence[Token], span: Span, language: str) -> str:
    """Return GPE for a place of unknown kind, LOC where a word says that it is no town."""
    is_natural = span.last - span.first > 1 and any(
        "place" in word_classes(token.text, language) for token in tokens[span.first : span.last]
    )
    return "LOC" if is_natural else "GPE"


def _full_names(
    text: str, tokens: Sequence[Token], spans: Sequence[Span], language: str
) -> dict[int, str]:
    """Return index of a one-word person → full name of the nearest bearer before, else after."""
    family = INFLECTED.get(language)

    def key(word: str) -> str:
        folded = latin(word)
        return stem(folded, family) if family else folded

    full: list[tuple[int, frozenset[str], str]] = []
    for index, span in enumerate(spans):
        if span.label == "PERSON" and span.last - span.first > 1:
            start, end = tokens[span.first].start, tokens[span.last - 1].end
            words = [token.text for token in tokens[span.first : span.last]]
            parts = frozenset(key(word) for word in (words[0], words[-1]))
            full.append((index, parts, " ".join(text[start:end].split())))
    found: dict[int, str] = {}
    first: dict[str, str] = {}
    for index, parts, name in full:
        same = first.setdefault(" ".join(sorted(parts)), name)
        found[index] = same if family else name
    earliest: dict[str, str] = {}
    for index, parts, _ in full:
        for part in parts:
            earliest.setdefault(part, found[index])
    behind: dict[str, str] = {}
    parts_of = {index: parts for index, parts, _ in full}
    for index, span in enumerate(spans):
        if index in parts_of:
            behind.update(dict.fromkeys(parts_of[index], found[index]))
        elif span.label == "PERSON" and span.last - span.first == 1:
            (word,) = words_of(tokens, span)
            part = stem(word, family) if family else word
            bearer = behind.get(part) or earliest.get(part)
            if bearer:
                found[index] = bearer
    return found


def uncased_mentions(
    text: str, spans: Sequence[tuple[int, int, str]], script: str
) -> tuple[Mention, ...]:
    """Return a mention for each (start, end, label) of a text in a script without capitals.

    A person's part gets the full name that begins or ends with it: the nearest before, else the
    first.
    """
    lists = [gazetteer(script)] + ([gazetteer("han")] if script == "kana" else [])
    earliest: dict[str, str] = {}
    behind: dict[str, str] = {}
    for start, end, label in spans:
        if label == "PERSON":
            for part in _parts(text[start:end]):
                earliest.setdefault(part, text[start:end])
    found = []
    for start, end, label in spans:
        surface = " ".join(text[start:end].split())
        known = next((some for some in lists if surface in some.kinds), None)
        name = surface
        if label == "PERSON":
            name = behind.get(surface) or earliest.get(surface) or surface
            behind.update(dict.fromkeys(_parts(text[start:end]), text[start:end]))
        elif known is not None:
            kind = LABELS[known.kinds[surface]]
            if label == "PLACE":
                label = kind if kind in ("GPE", "LOC") else "GPE"
            name = known.english.get(surface, surface) if kind == label else surface
        label = "GPE" if label == "PLACE" else label
        found.append(Mention(start, end, label, name))
    return tuple(found)


def _parts(name: str) -> set[str]:
    """Return the beginnings and ends of a name, shorter than it is."""
    cuts = range(1, min(len(name), MAX_NAME))
    return {name[:cut] for cut in cuts} | {name[cut:] for cut in cuts}
