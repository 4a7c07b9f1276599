"""Mentions of one article → the full name of each: "Mr Xi" and "Xi" are "Xi Jinping", "the US" is
"United States", "EAC" its long form.

A capital that stands for a government gets its country's name. Sources are this article and the
lists of countries and organisations. `flows.link` joins entities across articles.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace

from flows.annotate.entities.governments import governments
from flows.annotate.entities.lexicon import Lexicon, edge_words, fold, teams, types
from flows.annotate.entities.short_names import full_name
from flows.annotate.model import Mention
from flows.annotate.names import organisations
from flows.annotate.names.brackets import with_bracketed_parts
from flows.annotate.names.couples import with_shared_surnames, with_surnames_of_kin
from flows.annotate.names.people import full_names
from flows.annotate.names.printed import is_no_name, printed_name

SHOUTED_LETTERS = 6  # capitals throughout and longer than this are a headline's, not an acronym

MIN_TOWN = 4  # a listed place in capitals of fewer letters may be an acronym


def resolve(
    text: str, spans: Sequence[tuple[int, int, str]], lexicon: Lexicon
) -> tuple[Mention, ...]:
    """Return a mention for each (start, end, label) with the fullest name that the text gives;
    PLACE becomes GPE or LOC.
    """
    spans = [span for span in spans if not is_no_name(text[span[0] : span[1]])]
    surfaces = [printed_name(_tidy(text[start:end]), label) for start, end, label in spans]
    surfaces = with_bracketed_parts(text, spans, surfaces)
    surfaces = with_surnames_of_kin(text, spans, with_shared_surnames(text, spans, surfaces))
    people = full_names(text, spans, surfaces)
    short = _clubs(surfaces) | organisations.full_names(text, spans, surfaces)
    named = set(surfaces)
    short |= {name: full for name in named if (full := full_name(name, named))}
    halves = _halves(text, spans, surfaces, lexicon)
    mentions = []
    for index, (surface, (start, end, label)) in enumerate(zip(surfaces, spans, strict=True)):
        kind = place_kind(surface, lexicon) if label == "PLACE" else label
        name = (
            people[index]
            if label == "PERSON"
            else halves.get(index)
            or (_shortened(surface, kind, short, lexicon) if kind in ("ORG", "MISC") else None)
            or _listed(surface, kind, lexicon)
            or surface
        )
        mentions.append(Mention(start, end, kind, name))
    for index, name in governments(text, mentions).items():
        mentions[index] = replace(mentions[index], name=name)
    return tuple(mentions)


def _shortened(surface: str, kind: str, short: dict[str, str], lexicon: Lexicon) -> str | None:
    """Return the full name of a short form, as the lists have it, or None."""
    full = short.get(surface)
    return full and (_listed(full, kind, lexicon) or full)


def place_kind(surface: str, lexicon: Lexicon) -> str:
    """Return GPE for a place that has a government (country, town, province), LOC for any other
    (river, airport, continent).
    """
    if types().get(surface, ("", ""))[0] == "PLACE":
        return "LOC"
    phrase = lexicon.phrases.get(fold(surface))
    if phrase and phrase[0] in ("GPE", "LOC"):
        return phrase[0]
    words, classes = fold(surface).split(), lexicon.classes
    if len(words) < 2:
        return "GPE"
    natural = words[0] in classes["natural_starts"] or (
        words[-1] in classes["place_heads"] and words[-1] not in classes["governed_heads"]
    )
    return "LOC" if natural else "GPE"


def _tidy(surface: str) -> str:
    """Return the surface on one line, a headline's capitals made a title's."""
    plain = " ".join(surface.split())
    return (
        plain.title()
        if plain.isupper() and len(plain) > SHOUTED_LETTERS and "." not in plain
        else plain
    )


def _clubs(surfaces: Sequence[str]) -> dict[str, str]:
    """Return nickname → full name of the clubs that the article names by a nickname.

    A nickname of several clubs gets the name that the article gives in full, or the one of a town
    that it names, or none.
    """
    found = {}
    known, named = teams(), set(surfaces)
    for surface in named & known.keys():
        clubs = known[surface]
        towns = [club for club in clubs if club.removesuffix(f" {surface}") in named]
        given = [club for club in clubs if club in named] or towns or list(clubs)
        if len(given) == 1:
            found[surface] = given[0]
    return found


def _listed(surface: str, kind: str, lexicon: Lexicon) -> str | None:
    """Return the full name that the lists have for a surface of this kind, or None; a town in
    capitals is written small, a firm loses its "Inc".
    """
    known = types().get(surface)
    if known and (known[0] == kind or (known[0], kind) == ("PLACE", "LOC")):
        return known[1]
    if kind == "GPE" and (state := _states().get(surface.replace(".", ""))):
        return state
    shorter, _, end = surface.rstrip(".").rpartition(" ")
    if kind == "ORG" and shorter and end.lower() in edge_words("firm_ends"):
        shorter = shorter.rstrip(",")
        known = types().get(shorter)
        listed = lexicon.phrases.get(fold(shorter))
        if known and known[0] == kind:
            return known[1]
        if listed and listed[0] == kind:
            return listed[2] or shorter
    phrase = lexicon.phrases.get(fold(surface))
    if phrase and (phrase[0] == kind or {phrase[0], kind} == {"GPE", "LOC"}):
        return phrase[2] or (
            surface.title() if surface.isupper() and len(surface) >= MIN_TOWN else None
        )
    return None


@functools.cache
def _states() -> dict[str, str]:
    """Return how newspapers write states behind a town ("Va", "NH"), without points → the state."""
    pairs = (pair.partition("=") for pair in edge_words("states_short"))
    return {short: name.replace("_", " ") for short, _, name in pairs}


def _halves(
    text: str, spans: Sequence[tuple[int, int, str]], surfaces: Sequence[str], lexicon: Lexicon
) -> dict[int, str]:
    """Return index → name of the first of two places told together: "North" in "North and South
    Korea" is "North Korea".
    """
    found = {}
    for index in range(1, len(spans)):
        between = text[spans[index - 1][1] : spans[index][0]].strip()
        first, second = surfaces[index - 1], surfaces[index].split(" ")
        if (
            between in ("and", "or")
            and first.lower() in lexicon.classes["compass"]
            and second[0].lower() in lexicon.classes["compass"]
        ):
            found[index - 1] = " ".join([first, *second[1:]])
    return found
