"""Spans of a text → mentions with full names: a surname gets the full name of its bearer, a place
or body its English name.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.annotate.entities.model import Span
from flows.annotate.entities.world.features import word_classes
from flows.annotate.entities.world.gazetteer import INFLECTED, LABELS, stem
from flows.annotate.entities.world.scripts import latin
from flows.annotate.entities.world.settle import known_name, words_of
from flows.annotate.entities.world.tokens import Token
from flows.annotate.model import Mention


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
        if label != "PERSON":
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
    for index, span in enumerate(spans):
        if span.label != "PERSON" or span.last - span.first > 1:
            continue
        (word,) = words_of(tokens, span)
        part = stem(word, family) if family else word
        before = [found[at] for at, parts, _ in full if at < index and part in parts]
        after = [found[at] for at, parts, _ in full if at > index and part in parts]
        if before or after:
            found[index] = before[-1] if before else after[0]
    return found
