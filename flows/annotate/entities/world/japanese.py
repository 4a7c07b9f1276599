"""Entities in Japanese: no spaces; stretches of Chinese characters, katakana and Latin letters may
hold names.

People are found by a listed family name, an honorific or an office behind the name, or a foreign
name with a middle dot; organisations and places by lists and by their last characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.annotate.entities.world.cues import Cues, cues
from flows.annotate.entities.world.gazetteer import LABELS, Gazetteer, gazetteer

Labelled = tuple[int, int, str]

CHUNK = re.compile(r"[\u3400-\u9fff々ヶノー\u30a0-\u30ffA-Za-zＡ-Ｚａ-ｚ0-9０-９&＆・]+")
FOREIGN = re.compile(r"[\u30a1-\u30faー]{2,}(?:[・＝][\u30a1-\u30faー]{1,})+")
KATAKANA = re.compile(r"[\u30a1-\u30faー]{2,}")
KANJI = re.compile(r"[\u3400-\u9fff々ヶ]+")
KANA_GIVEN = re.compile(r"[\u3041-\u3096\u30a1-\u30faー]{2,4}")
PARTICLES = frozenset("はがをにとのもやへで、。」）( 　")
MAX_KNOWN = 12
MAX_GIVEN = 3
"""Characters of a given name."""

MAX_ORG = 30
"""Characters of an organisation that is found by its ending; also those of a foreign name."""

MAX_PLACE = 5
"""Characters of a place that is found by its ending."""


def label_japanese(text: str) -> list[Labelled]:
    """Return (start, end, label) of the names in a text, in order."""
    known = cues("kana")
    if known is None:
        return []
    lists = (gazetteer("kana"), gazetteer("han"))
    found: list[Labelled] = []
    for chunk in CHUNK.finditer(text):
        found.extend(_of_chunk(text, chunk.start(), chunk.end(), known, lists))
    surnames = {
        text[start : start + size]
        for start, end, label in found
        if label == "PERSON"
        for size in (2, 3)
        if end - start > size and any(text[start : start + size] in some.family for some in lists)
    }
    taken = {at for start, end, _ in found for at in range(start, end)}
    for surname in surnames:
        for match in re.finditer(re.escape(surname), text):
            if taken.isdisjoint(range(*match.span())):
                found.append((*match.span(), "PERSON"))
                taken.update(range(*match.span()))
    return sorted(found)


def _of_chunk(
    text: str, first: int, last: int, known: Cues, lists: tuple[Gazetteer, Gazetteer]
) -> Iterator[Labelled]:
    """Yield the names of one stretch of characters without hiragana."""
    at = first
    while at < last:
        step = 1
        for label, size in (
            ("PERSON", _person(text, at, known, lists)),
            ("ORG", _ending(text, at, last, known.org_end, known)),
            ("", _listed(text, at, last, lists)),
            ("PLACE", _ending(text, at, min(last, at + MAX_PLACE), known.place_end, known)),
        ):
            if size:
                name = text[at : at + size]
                kind = lists[0].kinds.get(name) or lists[1].kinds.get(name)
                place_or_body = "ORG" if kind and LABELS[kind] == "ORG" else "PLACE"
                yield at, at + size, label or place_or_body
                step = size
                break
        at += step


def _listed(text: str, at: int, last: int, lists: tuple[Gazetteer, Gazetteer]) -> int:
    """Return the length of the longest known name at an offset."""
    for size in range(min(MAX_KNOWN, last - at), 1, -1):
        name = text[at : at + size]
        if any(name in some.kinds for some in lists):
            after = text[at + size : at + size + 1]
            if KATAKANA.fullmatch(name) and KATAKANA.match(after + after):
                continue
            return size
    return 0


def _ending(text: str, at: int, last: int, ends: tuple[str, ...], known: Cues) -> int:
    """Return the length of the longest name from an offset that one of the endings closes."""
    if at and CHUNK.fullmatch(text[at - 1]) and text[at - 1] not in "・のノ":
        return 0
    for size in range(min(MAX_ORG, last - at), 1, -1):
        name = text[at : at + size]
        if name in known.small or name[0].isdigit():
            continue
        if any(name.endswith(end) and len(name) > len(end) for end in ends):
            return size
    return 0


def _person(text: str, at: int, known: Cues, lists: tuple[Gazetteer, Gazetteer]) -> int:
    """Return the length of a person's name at an offset; 0 for none."""
    foreign = FOREIGN.match(text, at, at + MAX_ORG)
    if foreign and (at == 0 or not KATAKANA.match(text[at - 1] * 2)):
        return foreign.end() - at
    katakana = KATAKANA.match(text, at, at + MAX_ORG)
    if katakana and any(text.startswith(h, katakana.end()) for h in known.honorific):
        return katakana.end() - at
    for size in (3, 2, 1):
        surname = text[at : at + size]
        if len(surname) < size or not any(surname in some.family for some in lists):
            continue
        rest = KANJI.match(text, at + size, at + size + MAX_GIVEN)
        tail = text[at + size : rest.end()] if rest else ""
        for given in range(min(MAX_GIVEN, len(tail)), -1, -1):
            end = at + size + given
            behind = next((h for h in known.honorific if text.startswith(h, end)), "")
            closed = text[end : end + 1] in PARTICLES or end == len(text)
            listed = given and any(text[at + size : end] in some.given for some in lists)
            if behind and (given or size > 1):
                return size + given
            if listed and given > 1 and closed:
                return size + given
        kana = KANA_GIVEN.match(text, at + size)
        if kana and size > 1 and any(text.startswith(h, kana.end()) for h in known.honorific):
            return kana.end() - at
    return 0
