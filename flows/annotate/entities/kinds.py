"""Names that mean a body beside a word of its kind ("Gap" in a sentence about clothing), craft with
their numbers, and storms.

Not here: names with one type in every sentence (`lexicon.types`), and nicknames of clubs (`agree`).
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from flows.annotate.entities.article import Segment, acts, names_of_people, stands_as_place
from flows.annotate.entities.lexicon import Lexicon, edge_words, fold, lines, types
from flows.annotate.entities.model import Span
from flows.annotate.entities.tokens import Token

PAIR = 2
"""Words of a craft and its number ("Apollo 11"), of a storm and its name."""

MAX_SENTENCE = 40
"""Tokens of a sentence on each side of a name that are read."""

MAX_JOINT = 2
"""Tokens between two names of a pair ("and the")."""

_NUMBER = re.compile(r"\d{1,2}|I{1,3}|IV|VI{0,3}|IX|X")
_MODEL = re.compile(r"7[0-8]7(?:-\d\w*)?|[AE]\d{3}(?:-\d\w*|neo|XLR)?")


class Kind(NamedTuple):
    """What a name is beside one of `words`; it `is_led` where it stands behind "the" alone."""

    label: str
    words: frozenset[str]
    is_led: bool


@functools.cache
def kinds() -> dict[str, Kind]:
    """Return name → kind, for the names of kinds.toml."""
    found = {}
    for kind in tomllib.loads("\n".join(lines("kinds.toml"))).values():
        words, label = frozenset(kind["words"].split()), kind.get("label", "ORG")
        for field in ("names", "led"):
            for name in kind.get(field, "").split():
                found[name] = Kind(label, words, field == "led")
    return found


def numbered(segments: Iterable[Segment]) -> dict[Segment, str]:
    """Return the segments that are a craft or a mission with its number ("Apollo 11", "Boeing 737")
    or a storm ("Hurricane Ida").
    """
    found = {}
    for segment in segments:
        if segment.last - segment.first != PAIR:
            continue
        first, _, second = segment.key.partition(" ")
        if first in edge_words("storms") and second.istitle():
            found[segment] = "EVENT"
        elif (first in edge_words("craft") and _NUMBER.fullmatch(second)) or (
            first in edge_words("makers") and _MODEL.fullmatch(second)
        ):
            found[segment] = "MISC"
    return found


def beside_kinds(
    tokens: Sequence[Token],
    segments: Sequence[Segment],
    spans: Sequence[Span],
    titled: Collection[str],
    lexicon: Lexicon,
) -> dict[Segment, str]:
    """Return the segments that have another use and mean a body here: a word of its kind is in the
    sentence, or "and" joins them with a known body. Then the name is a body in the whole article,
    but not where it is a place ("in Santander") or a plain word opens a sentence. Of a plain word
    only a capital inside a sentence tells that it is a name.
    """
    known = kinds()
    named = [segment for segment in segments if segment.key in known]
    if not named:
        return {}
    people = names_of_people(tokens, spans)
    named = [s for s in named if s.key not in people and s.key not in titled]
    named = [s for s in named if _may_be(tokens, s, known[s.key], lexicon)]
    bodies = {(s.first, s.last) for s in spans if s.label == "ORG"}
    bodies |= {(s.first, s.last) for s in segments if types().get(s.key, ("", ""))[0] == "ORG"}
    of_kind = {(s.first, s.last): known[s.key] for s in named}
    ends = {tokens[last - 1].text for first, last in bodies if last - first > 1}
    told = set()
    for segment in named:
        if tokens[segment.first].opens and fold(segment.key) in lexicon.common:
            continue  # its capital tells nothing
        is_pair = any(
            place in bodies or of_kind.get(place) == known[segment.key]
            for place in _beside(tokens, segment, segments)
        )
        # "Roma" are a people first
        is_people = lexicon.phrases.get(fold(segment.key), ("", "", ""))[0] == "NORP"
        cues = known[segment.key].words & _sentence(tokens, segment)
        if is_pair or len(cues) > is_people or (known[segment.key].is_led and segment.key in ends):
            told.add(segment.key)
    return {
        segment: known[segment.key].label
        for segment in named
        if segment.key in told and not _is_plain(tokens, segment, lexicon)
    }


def _beside(
    tokens: Sequence[Token], segment: Segment, segments: Sequence[Segment]
) -> set[tuple[int, int]]:
    """Return the first and last token of the segments that "and" joins with one."""
    return {
        (other.first, other.last)
        for other in segments
        for one, two in ((segment, other), (other, segment))
        if 0 < two.first - one.last <= MAX_JOINT
        and tokens[one.last].text in ("and", "or")
        and all(token.text in ("The", "the") for token in tokens[one.last + 1 : two.first])
    }


def _may_be(tokens: Sequence[Token], segment: Segment, kind: Kind, lexicon: Lexicon) -> bool:
    """Whether a name stands as its body does: behind "the" where it has one, and not behind a
    preposition of places where a place has the name.
    """
    before = tokens[segment.first - 1].text if segment.first else ""
    is_led = before in ("The", "the")
    if kind.is_led or is_led:
        return kind.is_led and is_led
    return not stands_as_place(tokens, segment, lexicon)


def _is_plain(tokens: Sequence[Token], segment: Segment, lexicon: Lexicon) -> bool:
    """Whether a name may be a plain word that opens a sentence ("Target practice begins")."""
    return (
        tokens[segment.first].opens
        and fold(segment.key) in lexicon.common
        and not acts(tokens, segment.last, lexicon)
    )


def _sentence(tokens: Sequence[Token], segment: Segment) -> set[str]:
    """Return the words of the sentence in which a segment stands, but for those with a capital that
    is not from its start.
    """
    first, last = segment.first, segment.last
    while first > 0 and segment.first - first < MAX_SENTENCE and not tokens[first].opens:
        first -= 1
    while last < len(tokens) and last - segment.last < MAX_SENTENCE and not tokens[last].opens:
        last += 1
    words = tokens[first:last]
    return {fold(token.text) for token in words if token.opens or token.text.islower()}
