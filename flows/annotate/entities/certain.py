"""What the lists and the words beside a name settle, whatever the model says: a park is a place, a
people no organisation, "Rep. Ana Ruiz" and whoever has an administration are people.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from flows.annotate.entities.article import Article, Segment, behind_article, is_titled
from flows.annotate.entities.beside import (
    with_explained_letters,
    with_firms,
    with_homes,
    with_listed_letters,
    with_listed_places,
    with_mixed_letters,
    with_regions,
    with_scores,
    with_sites,
    with_spoken_for,
)
from flows.annotate.entities.body_names import with_bodies
from flows.annotate.entities.edges import trim_edges
from flows.annotate.entities.lexicon import (
    LANDS,
    Lexicon,
    edge_words,
    fold,
    is_acronym,
    types,
)
from flows.annotate.entities.model import Span, covered, replaced
from flows.annotate.entities.party_names import with_parties
from flows.annotate.entities.plain_names import (
    SMALL_TOWNS,
    with_actors,
    with_apposed,
    with_introduced,
    with_nicknames,
    with_plain_surnames,
    with_surnames,
)
from flows.annotate.entities.shapes import spelt_before, with_shapes
from flows.annotate.entities.sure_people import with_sure_people
from flows.annotate.entities.tokens import Token
from flows.annotate.names.person_name import is_common_given

_SITE = re.compile(r"\w\.(?:com|org|net|info|tv)$")

MAX_NAME = 4
"""The most words of a name behind a title; a full name by the lists has fewer."""

MIN_FULL = 2
"""Words of a full name."""

MIN_INITIALS = 3
"""The fewest words of a name that its initials identify."""

GOVERNED = frozenset(("seat", "city7"))
"""Lists of places: no organisation has their names, except those in `types`. Countries are not
among them: a country's name may mean its team."""

NATIONAL = frozenset(("country", "nationality", "seat"))
"""Lists whose names speak of a country."""


def settle(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans with the types that are certain, and the people that the model missed."""
    typed = [span.labelled(_label(tokens, span, lexicon)) for span in spans]
    for find in (
        with_parties,
        with_shapes,
        _with_listed,
        with_surnames,
        _with_origins,
        _with_long_forms,
        _with_holders,
        with_bodies,
    ):
        typed = find(tokens, typed, article, lexicon)
    typed = with_nicknames(tokens, typed, lexicon)
    for find in (
        with_actors,
        with_apposed,
        with_introduced,
        with_plain_surnames,
        with_sure_people,
        with_spoken_for,
        with_listed_places,
        with_listed_letters,
        with_mixed_letters,
        with_explained_letters,
        with_scores,
        with_homes,
        with_regions,
        with_firms,
    ):
        typed = find(tokens, typed, article, lexicon)
    typed = with_sites(tokens, typed, article)
    typed = _without_seats(tokens, typed, lexicon)
    taken = covered(typed)
    free = [s for s in article.segments if taken.isdisjoint(range(s.first, s.last))]
    typed += _governments(tokens, free, typed, article, lexicon)
    called = {tokens[span.last - 1].text for span in typed if span.label == "PERSON"}
    return sorted(typed + [found for s in free for found in _people(tokens, s, called, lexicon)])


def _label(tokens: Sequence[Token], span: Span, lexicon: Lexicon) -> str:
    """Return the type of a span: the type that the lists or its last word give, or the model's."""
    words = [token.text for token in tokens[span.first : span.last]]
    key = " ".join(words)
    if key in types():
        return span.label
    listed, source, _ = lexicon.phrases.get(fold(key), ("", "", ""))
    if listed == "GPE" and _is_where(tokens, span, source):
        return "PLACE"
    before = fold(tokens[span.first - 1].text) if span.first else ""
    if span.label in ("ORG", "PLACE") and is_titled(tokens, span.first, span.last, lexicon):
        return "PERSON" if len(words) <= MAX_NAME else span.label
    if span.label == "MISC" and len(words) == 1 and _SITE.search(key):
        return "ORG"
    if source == "group" and fold(words[0]) not in edge_words("parties"):
        return "NORP"
    if span.label == "ORG" and (
        source in GOVERNED or (len(words) > 1 and fold(words[-1]) in edge_words("buildings"))
    ):
        return "PLACE"
    if span.label == "ORG" and _is_full_name(tokens, span, lexicon):
        return "PERSON"
    is_where = before in lexicon.classes["place_prepositions"] - {"from", "to"}
    is_where &= before != "in" or not _is_let_in(tokens, span.first - 1)
    is_where |= before in ("from", "to") and not is_common_given(fold(words[0]))
    if span.label == "PLACE" and (not is_where or before == "at") and _is_person(words, lexicon):
        return "ORG" if before == "at" else "PERSON"  # "auditors at Arthur Tandersen"
    return "ORG" if source == "org" and span.label == "PLACE" else span.label


def _is_where(tokens: Sequence[Token], span: Span, source: str) -> bool:
    """Whether a span with the name of a place is a place for certain; `source` is the list of the
    name. Countries and states are no people, and a name of several words is no person if no given
    name opens it. A word behind the name may tell who governs or lives there ("Iowa Gov. Ada
    Quill", "an Austin man").
    """
    size = span.last - span.first
    after = tokens[span.last].text if span.last < len(tokens) else ""
    if span.label == "NORP":
        return source in LANDS
    if span.label == "PERSON" and size > 1:
        is_called = is_common_given(fold(tokens[span.first].text))
        return source not in SMALL_TOWNS and not is_called
    is_one = span.first > 0 and tokens[span.first - 1].text in ("a", "an", "A", "An")
    return (span.label == "ORG" and after in edge_words("governs")) or (
        span.label == "PERSON" and is_one and after in edge_words("lives_there")
    )


def _is_full_name(tokens: Sequence[Token], span: Span, lexicon: Lexicon) -> bool:
    """Whether an organisation is a given name and a surname by the lists, both of no other use,
    and nothing behind it says that it is a firm ("Ana Ruiz shareholders").
    """
    words = [fold(token.text) for token in tokens[span.first : span.last]]
    is_firm = span.last < len(tokens) and tokens[span.last].text in edge_words("firm_has")
    heads = ("org_heads", "org_inner", "place_heads", "misc_heads", "event_heads")
    return (
        len(words) == MIN_FULL
        and words[0] in lexicon.given
        and words[1] in lexicon.family
        and not is_firm
        and words[0] not in lexicon.common
        and not any(word in lexicon.phrases for word in words)
        and " ".join(words) not in lexicon.phrases
        and not any(words[1] in lexicon.classes[name] for name in heads)
    )


def _is_let_in(tokens: Sequence[Token], at: int) -> bool:
    """Whether the "in" at token `at` belongs to a verb with a person for its object ("brought in
    Ana Ruiz"), or follows no place ("in which" opens a clause).
    """
    return at > 0 and tokens[at - 1].text in edge_words("lets_in")


def _with_listed(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans, and what the words of a segment tell whose mention the model missed: a
    site, a group of the lists, the party and perhaps the state of a politician ("Florida Republican
    Ana Ruiz").
    """
    labels = {at: span.label for span in spans for at in range(span.first, span.last)}
    parties, found = edge_words("party_people"), list[Span]()
    for segment in article.segments:
        first, last = segment.first, segment.last
        whole = Span(first, last, "PERSON")
        if last - first == 1:
            if first not in labels and _SITE.search(segment.key):
                found.append(whole.labelled("ORG"))
            continue
        inside = {labels[at] for at in range(first, last) if at in labels}
        if inside <= {"PERSON"} and any(fold(word) in parties for word in segment.key.split(" ")):
            parts = list(trim_edges(tokens, [whole], lexicon))
            found += parts if len(parts) > 1 else []
        elif not inside and _source(segment, lexicon) == "group":
            found.append(whole.labelled("NORP"))
    return replaced(spans, found)


def _is_person(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether words are a given name and a surname by the lists, or a common given name and a word
    of no other use, and no place by their form.
    """
    first, last = fold(words[0]), fold(words[-1])
    classes = lexicon.classes
    is_surname = last in lexicon.family
    is_name = is_surname and first in lexicon.given and first not in lexicon.phrases
    is_name |= is_common_given(first) and (is_surname or last not in lexicon.common)
    return (
        1 < len(words) < MAX_NAME
        and is_name
        and " ".join(map(fold, words)) not in lexicon.phrases
        and first not in classes["place_starts"]
        and not any(fold(word) in classes["place_heads"] for word in words[1:])
        and last not in edge_words("buildings")
    )


def _with_origins(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans; a listed place behind a person and "of" is where they are from ("Senator
    Ana Ruiz of Vermont"), and so for the second of two ("Ana Ruiz of Vermont and Ida Lorne of
    Texas").
    """
    reach = covered(spans)
    second = [
        Span(s.first, s.last, "PERSON")
        for s in article.segments
        if s.first not in reach
        and s.first > 0
        and tokens[s.first - 1].text == "and"
        and s.first - MIN_FULL in reach
        and _is_person(s.key.split(" "), lexicon)
    ]
    ends = {span.last for span in (*spans, *second) if span.label == "PERSON"}
    origins = [
        Span(place.first, place.last, "PLACE")
        for one, place in pairwise(article.segments)
        if one.last in ends
        and place.first == one.last + 1
        and tokens[one.last].text == "of"
        and lexicon.phrases.get(fold(place.key), ("", "", ""))[0] == "GPE"
    ]
    people = {origin.labelled("PERSON") for origin in origins}
    places = {origin.first for origin in origins}
    others = [span for span in spans if span not in people]
    others += [span for span in second if span.last + 1 in places]
    taken = covered(others)
    return sorted(others + [s for s in origins if taken.isdisjoint(range(s.first, s.last))])


def _with_long_forms(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans; a segment whose initials the article has as an acronym is an organisation,
    from its first word on ("General Tidal Systems" beside "GTS").
    """
    acronyms = {s.key for s in article.segments if is_acronym(s.key)}
    acronyms = {key for key in acronyms if fold(key) not in lexicon.classes["things"]}
    found = [
        Span(s.first, s.last, "ORG")
        for s in article.segments
        if s.last - s.first >= MIN_INITIALS
        and "".join(token.text[0] for token in tokens[s.first : s.last]) in acronyms
    ]
    held = covered(s for s in spans if s.label in ("PERSON", "EVENT", "MISC", "NORP"))
    found = [s for s in found if held.isdisjoint(range(s.first, s.last))]
    reach = {at: span for span in spans for at in range(span.first, span.last)}
    for segment in article.segments:
        span = spelt_before(tokens, segment.first) if segment.key in acronyms else None
        if span is not None and not any(
            reach[at].first < span.first or reach[at].label in ("EVENT", "MISC", "NORP")
            for at in range(span.first, span.last)
            if at in reach
        ):
            found.append(span)
    return replaced(spans, found)


def _with_holders(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans; a surname before an institution of our list is who leads it ("the Okoro
    White House").
    """
    found = []
    for segment in article.segments:
        at, name = segment.first + 1, fold(tokens[segment.first].text)
        behind = segment.key.partition(" ")[2]
        is_office = " " in behind and types().get(behind, ("", ""))[0] == "ORG"
        if is_office and name in lexicon.family and name not in lexicon.common:
            found += [Span(segment.first, at, "PERSON"), Span(at, segment.last, "ORG")]
    return replaced(spans, found)


def _without_seats(tokens: Sequence[Token], spans: Sequence[Span], lexicon: Lexicon) -> list[Span]:
    """Return the spans without the capitals that the model takes for people whom the article names
    in full nowhere ("Washington said"); what they are is open then.
    """
    full = {tokens[s.last - 1].text for s in spans if s.label == "PERSON" and s.last > s.first + 1}
    return [
        span
        for span in spans
        if span.label != "PERSON"
        or span.last - span.first > 1
        or lexicon.phrases.get(fold(word := tokens[span.first].text), ("", ""))[1] != "seat"
        or word in full
        or is_common_given(fold(word))
        or (span.first > 0 and is_titled(tokens, span.first, span.last, lexicon))
    ]


def _governments(
    tokens: Sequence[Token],
    free: Sequence[Segment],
    spans: Sequence[Span],
    article: Article,
    lexicon: Lexicon,
) -> list[Span]:
    """Return the seats of governments that are said to say something ("Paris said"), among segments
    without a mention. The article tells of another country, and of no person with such a name.
    """
    speaking = [
        segment
        for segment in free
        if segment.last < len(tokens)
        and fold(tokens[segment.last].text) in lexicon.classes["says"]
        and _source(segment, lexicon) == "seat"
        and not is_common_given(fold(segment.key))
    ]
    if not speaking:
        return []
    people = {tokens[at].text for at in covered(s for s in spans if s.label == "PERSON")}
    lands = {s.key for s in article.segments if _source(s, lexicon) in NATIONAL}
    return [
        Span(segment.first, segment.last, "PLACE")
        for segment in speaking
        if segment.key not in people and lands - {segment.key}
    ]


def _source(segment: Segment, lexicon: Lexicon) -> str:
    """Return the list that has a segment, "" for none."""
    return lexicon.phrases.get(fold(segment.key), ("", "", ""))[1]


def _people(
    tokens: Sequence[Token], segment: Segment, called: Collection[str], lexicon: Lexicon
) -> Iterator[Span]:
    """Yield the person of a segment without a mention: behind a title, a surname before
    "administration" and the like, or a given name before a surname of `called`, by which the
    article calls somebody ("April Winters", "Winters said").
    """
    # "The Okoro administration"
    segment = segment._replace(first=behind_article(tokens, segment.first, segment.last))
    size, word = segment.last - segment.first, fold(tokens[segment.first].text)
    is_called = size == 2 and tokens[segment.last - 1].text in called and word in lexicon.given
    if is_called or (size <= MAX_NAME and is_titled(tokens, segment.first, segment.last, lexicon)):
        yield Span(segment.first, segment.last, "PERSON")
    elif (
        size == 1
        and segment.last < len(tokens)
        and tokens[segment.last].text in edge_words("led_by")
    ):
        is_plain = word in lexicon.common and (
            tokens[segment.first].opens or word not in lexicon.family
        )
        _, source, _ = lexicon.phrases.get(word, ("", "", ""))
        is_known = (source and source not in SMALL_TOWNS) or any(
            word in lexicon.classes[name] for name in ("org_heads", "org_inner", "roles")
        )
        if not is_plain and not is_known:
            yield Span(segment.first, segment.last, "PERSON")
