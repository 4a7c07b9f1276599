"""Short forms that count only where the article has named the listed body in full: "Bayern" behind
"Bayern Munich", "Goldman" behind "Goldman Sachs".

Not here: letters that spell a name (`names.organisations`), nicknames of clubs (`agree`).
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence

from flows.annotate.entities.article import Segment, acts, names_of_people, stands_as_place
from flows.annotate.entities.lexicon import Lexicon, fold, lexicon, lines, types
from flows.annotate.entities.model import Span
from flows.annotate.entities.tokens import Token
from flows.annotate.names.person_name import is_common_given

MIN_HEAD = 4
"""Letters of a first word that stands for a name."""


@functools.cache
def shorts() -> dict[str, tuple[str, ...]]:
    """Return short form → the full names that have it, for the section [SHORT] of types.txt."""
    found: dict[str, list[str]] = {}
    section = False
    for line in lines("types.txt"):
        section = line == "[SHORT]" if line.startswith("[") else section
        full, _, forms = line.partition("=")
        for form in forms.split("|") if section and forms else ():
            found.setdefault(form, []).append(full)
    return {form: tuple(names) for form, names in found.items()}


@functools.cache
def heads() -> dict[str, tuple[str, ...]]:
    """Return first word → the listed bodies of several words that begin with it: words that are no
    plain English, no place and no people ("Goldman", "Northrop").
    """
    known, found = lexicon(), dict[str, list[str]]()
    peoples = {
        name.rpartition(" ")[2] for name, (label, _, _) in known.phrases.items() if label == "NORP"
    }
    others = peoples | known.classes_of.keys()
    for form, (label, _) in types().items():
        head, _, rest = form.partition(" ")
        key = fold(head)
        is_own = key not in known.common and key not in known.phrases and key.isalpha()
        is_own &= len(key) >= MIN_HEAD and key not in others
        is_own &= not is_common_given(key)
        if label == "ORG" and rest and is_own and head.istitle() and head not in types():
            found.setdefault(head, []).append(form)
    return {head: tuple(forms) for head, forms in found.items()}


@functools.cache
def _listed() -> frozenset[str]:
    return frozenset(shorts().keys() | heads().keys())


def full_name(surface: str, named: Collection[str]) -> str:
    """Return the full name of a short form among the names of an article, the longer of one with
    and without its country; "" for none or more than one.
    """
    if surface not in _listed():
        return ""
    known = types()
    longer = (*shorts().get(surface, ()), *heads().get(surface, ()))
    full = {known.get(long, ("", long))[1] for long in longer if long in named}
    longest = max(full, key=len, default="")
    return longest if all(longest.startswith(name) for name in full) else ""


def shortened(
    tokens: Sequence[Token],
    segments: Sequence[Segment],
    spans: Sequence[Span],
    titled: Collection[str],
    lexicon: Lexicon,
) -> dict[Segment, str]:
    """Return the segments that are short for a listed body named before them, unless a person has
    the name, or a place ("in Bayern").
    """
    known, listed = types(), _listed()
    short = [s for s in segments if s.key in listed and s.key not in titled]
    if not short:
        return {}
    first: dict[str, int] = {}
    for segment in segments:
        if known.get(segment.key, ("",))[0] == "ORG":
            first.setdefault(segment.key, segment.first)
    for span in spans:
        if span.label == "ORG":
            key = " ".join(token.text for token in tokens[span.first : span.last])
            first.setdefault(key.removeprefix("The ").removesuffix(" party"), span.first)
    bodies = {(s.first, s.last) for s in segments if s.key in known}
    people = names_of_people(tokens, [s for s in spans if (s.first, s.last) not in bodies])
    return {
        segment: "ORG"
        for segment in short
        if segment.key not in people
        and _is_told(segment, first)
        and not _is_other(tokens, segment, lexicon)
    }


def _is_told(segment: Segment, first: Mapping[str, int]) -> bool:
    named = [name for name, at in first.items() if at < segment.first]
    return bool(named) and bool(full_name(segment.key, named))


def _is_other(tokens: Sequence[Token], segment: Segment, lexicon: Lexicon) -> bool:
    """Whether a segment stands where a place does, or may be a plain word: it opens a sentence or
    stands behind an article ("the Palace").
    """
    at, key = segment.first, fold(segment.key)
    is_led = at > 0 and tokens[at - 1].text in ("The", "the", "a", "this")
    is_plain = is_led or (tokens[at].opens and not acts(tokens, segment.last, lexicon))
    if is_plain and key in lexicon.common:
        return True
    return stands_as_place(tokens, segment, lexicon)
