"""People whom the model misses since the words of their names have another use: "June Waters said",
"Omar Said", "Chelsea Ruiz".

Not here: people behind titles and surnames that the article calls (`certain`, `agree`).
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.annotate.entities.article import Article, Segment, acts
from flows.annotate.entities.lexicon import Lexicon, fold, types
from flows.annotate.entities.model import Span, covered, replaced
from flows.annotate.entities.tokens import Token
from flows.annotate.names.person_name import is_common_given

MIN_FULL = 2
"""Words of a full name."""


def with_surnames(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans; a given name that a listed surname follows is a full name, though the
    surname is a word of other use ("Omar Said said").
    """
    found = []
    for span in spans:
        segment = article.segment_at.get(span.first)
        if (
            span.label == "PERSON"
            and segment is not None
            and segment.first == span.first
            and segment.last == span.last + 1 == span.first + MIN_FULL
            and _is_listed(tokens, segment, lexicon)
        ):
            found.append(Span(segment.first, segment.last, "PERSON"))
    return replaced(spans, found)


def with_actors(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans and the full names that act as people do, or stand beside a person and
    "and": those without a mention, and those whose first word is a listed place or firm that the
    model took for all of it.
    """
    reach = {index: span for span in spans for index in range(span.first, span.last)}
    listed = [s for s in article.segments if _is_listed(tokens, s, lexicon)]
    listed = [s for s in listed if _is_open(s, reach, lexicon) and _is_name(tokens, s, lexicon)]
    actors = [s for s in listed if acts(tokens, s.last, lexicon)]
    people = covered(span for span in spans if span.label == "PERSON")
    people |= covered(Span(s.first, s.last, "PERSON") for s in actors)
    actors += [s for s in listed if s not in actors and _is_joined(tokens, s, people)]
    return replaced(spans, [Span(s.first, s.last, "PERSON") for s in actors])


def _is_listed(tokens: Sequence[Token], segment: Segment, lexicon: Lexicon) -> bool:
    """Whether a segment of two words is a given name and a surname by the lists, and no other name
    that a list has; a day, a month or a title is no surname here.
    """
    if segment.last - segment.first != MIN_FULL:
        return False
    first, last = fold(tokens[segment.first].text), fold(tokens[segment.last - 1].text)
    return (
        first in lexicon.given
        and last in lexicon.family
        and not any(last in lexicon.classes[name] for name in ("days", "months", "titles"))
        and fold(segment.key) not in lexicon.phrases
        and segment.key not in types()
    )


def _is_open(segment: Segment, reach: dict[int, Span], lexicon: Lexicon) -> bool:
    inside = {reach[i] for i in range(segment.first, segment.last) if i in reach}
    if not inside:
        return True
    span = inside.pop()
    return (
        not inside
        and (span.first, span.last) == (segment.first, segment.last)
        and span.label in ("ORG", "PLACE")
        and fold(segment.key.split(" ")[0]) in lexicon.phrases
    )


def _is_name(tokens: Sequence[Token], segment: Segment, lexicon: Lexicon) -> bool:
    """Whether one of the two words is a name first of all: a common given name, or a surname that
    is neither plain English nor a place.
    """
    last = fold(tokens[segment.last - 1].text)
    is_plain = last in lexicon.common or last in lexicon.phrases
    return not is_plain or is_common_given(fold(tokens[segment.first].text))


def _is_joined(tokens: Sequence[Token], segment: Segment, people: set[int]) -> bool:
    """Whether "and" joins a segment with a person; `people` are the tokens of people."""
    first, last = segment.first, segment.last
    behind = last + 1 in people and tokens[last].text == "and"
    return behind or (first - 2 in people and tokens[first - 1].text == "and")
