"""Mentions of one article → the fullest form of each: "Mr Xi" and "Xi" are "Xi Jinping", "the US" is "United States", "EAC" what it was said to stand for.

Only what this article says, and the lists of countries and organisations; entities across articles are the linker's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flows.annotate.entities.lexicon import Lexicon, fold
from flows.annotate.model import Mention

_TRIM = " .,;:'’\"-"


def resolve(text: str, spans: Sequence[tuple[int, int, str]], lexicon: Lexicon) -> tuple[Mention, ...]:
    """Return a mention for each (start, end, label) with the fullest name that the text gives."""
    surfaces = [" ".join(text[start:end].split()) for start, end, _ in spans]
    people = _people(surface for surface, (_, _, label) in zip(surfaces, spans, strict=True) if label == "PERSON")
    short = _acronyms(text, spans, surfaces)
    mentions = []
    for surface, (start, end, label) in zip(surfaces, spans, strict=True):
        if label == "PERSON":
            name = people.get(fold(surface), surface)
        else:
            name = short.get(surface) or _listed(surface, lexicon) or surface
        mentions.append(Mention(start, end, place_kind(surface, lexicon) if label == "PLACE" else label, name))
    return tuple(mentions)


def place_kind(surface: str, lexicon: Lexicon) -> str:
    """Return GPE for a place that has a government (country, town, province), LOC for any other (river, airport, continent)."""
    phrase = lexicon.phrases.get(fold(surface).removeprefix("the "))
    if phrase and phrase[0] in ("GPE", "LOC"):
        return phrase[0]
    words = fold(surface).split()
    governed, heads = lexicon.classes["governed_heads"], lexicon.classes["place_heads"]
    natural = (words[-1] in heads and words[-1] not in governed) or words[0] in ("mount", "mt", "lake", "river", "gulf", "strait", "cape")
    return "LOC" if len(words) > 1 and natural else "GPE"


def _people(surfaces: Iterable[str]) -> dict[str, str]:
    """Return folded surface → the longest name in the article that holds it at its end, or at its beginning; the first such where several do.

    A single word takes the name of which it is the last word before one of which it is the first: surnames are what news repeats.
    """
    ordered = list(dict.fromkeys(surfaces))
    ends: dict[str, str] = {}
    begins: dict[str, str] = {}
    for name in sorted(ordered, key=lambda one: -len(one.split())):
        words = fold(name).split()
        for cut in range(1, len(words)):
            ends.setdefault(" ".join(words[cut:]), name)
            begins.setdefault(" ".join(words[:cut]), name)
        if len(words) > 2:
            ends.setdefault(f"{words[0]} {words[-1]}", name)
    return {key: ends.get(key) or begins[key] for key in map(fold, ordered) if key in ends or key in begins}


def _acronyms(text: str, spans: Sequence[tuple[int, int, str]], surfaces: Sequence[str]) -> dict[str, str]:
    """Return short form → long form where the text puts one in brackets behind the other."""
    short: dict[str, str] = {}
    for index in range(1, len(spans)):
        start, end, _ = spans[index]
        if text[spans[index - 1][1] : start].strip() == "(" and text[end : end + 1] == ")" and surfaces[index].isupper():
            short.setdefault(surfaces[index], surfaces[index - 1])
    return short


def _listed(surface: str, lexicon: Lexicon) -> str | None:
    """Return the full name that the lists have for a surface, or None."""
    phrase = lexicon.phrases.get(fold(surface).removeprefix("the ").rstrip(_TRIM)) or lexicon.phrases.get(fold(surface))
    return phrase[2] or None if phrase else None
