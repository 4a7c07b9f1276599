"""People whom the model misses since the words of their names have another use: "June Waters said",
"Omar Said", "Chelsea Ruiz".

Not here: people behind titles and surnames that the article calls (`certain`, `agree`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.annotate.entities.article import Article, Segment, acts, is_aged, is_titled
from flows.annotate.entities.lexicon import Lexicon, edge_words, fold, is_acronym, types
from flows.annotate.entities.model import Span, covered, replaced
from flows.annotate.entities.tokens import Token
from flows.annotate.names.person_name import is_common_given

INITIALS = re.compile(r"(?:[A-Z]\.){2,3}")
_AGE = re.compile(r"\b\d{1,3}[ -]years?[ -]old$", re.IGNORECASE)

MIN_FULL = 2
"""Words of a full name."""

SMALL_TOWNS = frozenset(("city5", "city6"))
"""Lists of towns: their names may also be surnames."""

OPENING, CLOSING = frozenset("“\"‘'"), frozenset("”\"’'")
"""Marks around a nickname."""

MAX_APPOSED = 3
"""Words of a name between two commas behind what a person is; more may be a list or a firm."""

MAX_NICKNAME = 5
"""Tokens from the mark before a nickname to the one behind it are fewer."""


def with_surnames(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans; a given name that a listed surname follows, or any one behind a title, is a
    full name, though the surname is a word of other use ("Omar Said said", "Sen. Jim Talent").
    """
    found = []
    for span in spans:
        segment = article.segment_at.get(span.first)
        if (
            span.label == "PERSON"
            and segment is not None
            and segment.first == span.first
            and segment.last == span.last + 1 == span.first + MIN_FULL
            and (
                _is_listed(tokens, segment, lexicon)
                or is_titled(tokens, segment.first, segment.last, lexicon)
            )
        ):
            found.append(Span(segment.first, segment.last, "PERSON"))
    return replaced(spans, found)


def with_nicknames(tokens: Sequence[Token], spans: Sequence[Span], lexicon: Lexicon) -> list[Span]:
    """Return the spans; a nickname in marks between a given name and a surname is part of one name
    ("William “Mo” Cowan").
    """
    ends = {span.last: span.first for span in spans if span.label == "PERSON"}
    starts = {span.first: span.last for span in spans if span.label == "PERSON"}
    found = []
    for given, first in ends.items():
        if given >= len(tokens) or tokens[given].text not in OPENING:
            continue
        for closing in range(given + 2, min(given + MAX_NICKNAME, len(tokens) - 1)):
            at = closing + 1
            is_listed = tokens[at].text.istitle() and fold(tokens[at].text) in lexicon.family
            if tokens[closing].text in CLOSING and (at in starts or is_listed):
                found.append(Span(first, starts.get(at, at + 1), "PERSON"))
                break
    for at, last in starts.items():  # "A.J. “Skip” Quill", "Mark “the Hat” Orsini"
        if at and tokens[at - 1].text in CLOSING:
            for opening in range(at - 3, max(at - MAX_NICKNAME, 0), -1):
                if tokens[opening].text in OPENING:
                    if _is_given(tokens, opening - 1, lexicon) and opening not in ends:
                        found.append(Span(opening - 1, last, "PERSON"))
                    break
    return replaced(spans, [span for span in found if not _crosses(tokens, span)])


def _is_given(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether token `at` is initials of no country, or a listed given name."""
    word = tokens[at].text
    if INITIALS.fullmatch(word):
        return word != "U.S."
    return word.istitle() and fold(word) in lexicon.given


def _crosses(tokens: Sequence[Token], span: Span) -> bool:
    """Whether a sentence or a line ends within a span, or a word in it is in small letters and no
    part of a nickname ("the").
    """
    inside = tokens[span.first + 1 : span.last]
    return any(token.opens and token.text not in OPENING for token in inside[:1]) or any(
        token.line != tokens[span.first].line or token.text in ",.;:" for token in inside
    )


def with_actors(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans and the full names that act as people do, or stand beside a person and
    "and", as does a given name alone ("Bill and Ada Quill"): those without a mention, and those
    whose first word is a listed place or firm that the model took for all of it.
    """
    reach = {index: span for span in spans for index in range(span.first, span.last)}
    listed = [s for s in article.segments if _is_listed(tokens, s, lexicon)]
    listed = [s for s in listed if _is_open(s, reach, lexicon) and _is_name(tokens, s, lexicon)]
    actors = [s for s in listed if acts(tokens, s.last, lexicon)]
    people = covered(span for span in spans if span.label == "PERSON")
    people |= covered(Span(s.first, s.last, "PERSON") for s in actors)
    actors += [s for s in listed if s not in actors and _is_joined(tokens, s, people)]
    starts = {span.first for span in spans if span.label == "PERSON" and span.last > span.first + 1}
    actors += [s for s in article.segments if _is_partner(tokens, s, starts, reach)]
    actors += [s for s in article.segments if _is_of_family(tokens, s, starts, reach)]
    return replaced(spans, [Span(s.first, s.last, "PERSON") for s in actors])


def _is_partner(
    tokens: Sequence[Token], segment: Segment, starts: set[int], reach: dict[int, Span]
) -> bool:
    """Whether a segment without a mention is a common given name before "and" and a full name,
    which begins at one of `starts`.
    """
    first, last = segment.first, segment.last
    is_alone = last - first == 1 and first not in reach and last + 1 in starts
    return is_alone and tokens[last].text == "and" and is_common_given(fold(segment.key))


def _is_of_family(
    tokens: Sequence[Token], segment: Segment, starts: set[int], reach: dict[int, Span]
) -> bool:
    """Whether a segment of two words without a mention stands before "and" and a full name that
    shares its first or last word ("Xu Lan and Xu Mei").
    """
    first, last = segment.first, segment.last
    if last - first != MIN_FULL or last + 1 not in starts or tokens[last].text != "and":
        return False
    other = reach[last + 1]
    is_free = first not in reach and first + 1 not in reach and other.last - other.first == MIN_FULL
    return is_free and any(
        tokens[first + k].text == tokens[other.first + k].text for k in range(MIN_FULL)
    )


def with_apposed(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans; a name between two commas behind what only a person can be is a person
    ("Quill's spokeswoman, AnnLee Strand, said"), unless a list knows it as something else.
    """
    held = covered(span for span in spans if span.label == "PERSON")
    found = [
        Span(segment.first, segment.last, "PERSON")
        for segment in article.segments
        if segment.first > 1
        and segment.last - segment.first <= MAX_APPOSED
        and segment.last < len(tokens)
        and tokens[segment.first - 1].text == tokens[segment.last].text == ","
        and tokens[segment.first - 2].text in edge_words("human")
        and held.isdisjoint(range(segment.first, segment.last))
        and may_be_called(segment, lexicon)
    ]
    return replaced(spans, found)


def with_introduced(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans; a full name behind a role in capitals or an age is a person, role and age
    left out ("General Manager Ada King", "23-year old Vish Suran"), as is a name without a mention
    that an age follows ("Suran, now 31,").
    """
    found = [
        Span(segment.first, segment.last, "PERSON")
        for segment in article.segments
        if segment.first > 0
        and segment.last - segment.first == MIN_FULL
        and (
            (_is_role(tokens, segment.first - 1, lexicon) and _is_common(tokens, segment, lexicon))
            or (_is_age(tokens, segment) and may_be_called(segment, lexicon))
        )
    ]
    ends = {span.first: span.last for span in spans if span.label == "PERSON"}
    taken = covered(spans)
    found += [
        Span(segment.first, segment.last, "PERSON")
        for segment in article.segments
        if is_aged(tokens, segment.last)
        and taken.isdisjoint(range(segment.first, segment.last))
        and may_be_called(segment, lexicon)
    ]
    return replaced(spans, [span for span in found if ends.get(span.first, 0) < span.last])


def _is_common(tokens: Sequence[Token], segment: Segment, lexicon: Lexicon) -> bool:
    """Whether a segment is a common given name and a listed surname, be it a word, but no place
    ("King Osric Bridge").
    """
    first, last = fold(tokens[segment.first].text), fold(tokens[segment.last - 1].text)
    is_place = last in lexicon.classes["place_heads"] or last in edge_words("buildings")
    return is_common_given(first) and last in lexicon.family and not is_place


def _is_role(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    return tokens[at].text.istitle() and fold(tokens[at].text) in lexicon.classes["roles"]


def _is_age(tokens: Sequence[Token], segment: Segment) -> bool:
    """Whether an age stands before a segment and no word for people behind it ("23-year old Vish
    Suran"; not "a 52 year old Ash Grove woman").
    """
    ahead = " ".join(token.text for token in tokens[max(0, segment.first - 3) : segment.first])
    is_people = segment.last < len(tokens) and tokens[segment.last].text in edge_words("people")
    return _AGE.search(ahead) is not None and not is_people


def with_plain_surnames(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans; a plain word that opens a sentence before a verb of saying, without an
    article, is a surname where the lists know it as one ("White said").
    """
    taken = covered(spans)
    return sorted(
        [
            *spans,
            *(
                Span(segment.first, segment.last, "PERSON")
                for segment in article.segments
                if segment.last - segment.first == 1
                and segment.first not in taken
                and segment.last < len(tokens)
                and fold(tokens[segment.last].text) in edge_words("said")
                and _is_plain_surname(segment.key, article, lexicon)
            ),
        ]
    )


def _is_plain_surname(word: str, article: Article, lexicon: Lexicon) -> bool:
    """Whether a word is a surname by the lists, no plural, and nobody's role or body's kind; the
    article has it in small letters nowhere.
    """
    key = fold(word)
    kinds = (
        "days",
        "roles",
        "titles",
        "org_heads",
        "org_inner",
        "org_starts",
        "generic",
        "plain_capitals",
    )
    return (
        word.istitle()
        and key in lexicon.family
        and not key.endswith("s")
        and lexicon.phrases.get(key, ("", "city5", ""))[1] in SMALL_TOWNS
        and key not in article.lower
        and not any(key in lexicon.classes[name] for name in kinds)
        and key not in edge_words("sayers")
    )


def may_be_called(segment: Segment, lexicon: Lexicon) -> bool:
    """Whether a person may have the words of a segment for a name: no list has it as another, and
    its last word is no organisation's or place's.
    """
    last = fold(segment.key.rpartition(" ")[2])
    return (
        segment.key not in types()
        and fold(segment.key) not in lexicon.phrases
        and not is_acronym(segment.key)
        and not last.isdigit()
        and not any(last in lexicon.classes[name] for name in ("org_heads", "place_heads"))
    )


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
