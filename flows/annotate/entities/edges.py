"""Where a mention begins and ends: titles, letters behind a name and small words are cut off. Sums
of money and days are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.annotate.entities.article import behind_day
from flows.annotate.entities.lexicon import Lexicon, edge_words, fold, is_shared_title, teams
from flows.annotate.entities.model import Span
from flows.annotate.entities.runs import APOSTROPHES
from flows.annotate.entities.tokens import Token
from flows.annotate.entities.two_names import (
    MIN_FULL,
    headed_by,
    honoured,
    is_person,
    is_place_of_person,
    listed,
    named_behind,
    verb_between,
)
from flows.annotate.names.person_name import is_common_given

CURRENCIES = frozenset("$€£¥")
GENERATIONS = frozenset(("Jr", "Sr", "II", "III", "IV"))
"""What stands behind a name to tell father from son."""
PARTY_AND_STATE = re.compile(r"[RDI]-[A-Z][a-z.]*")
"""The letter of a party with a state, as in "R-Ala."."""
_FLIGHT = re.compile(r"[A-Z]{2}\d{2,4}")
_INITIAL = re.compile(r"[A-Z]\.")
MIN_COLUMNS = 3
"""Columns of a table, at least; letters that head one, at most."""
MAX_PLACE = 3
"""Words of a place before a person."""


def trim_edges(tokens: Sequence[Token], spans: Sequence[Span], lexicon: Lexicon) -> Iterator[Span]:
    """Yield the spans cut to the names. Spans that are no names are dropped."""
    for span in spans:
        for part in _divided(tokens, span, lexicon):
            first, last = _start(tokens, part, lexicon), _end(tokens, part, lexicon)
            if part.label == "PERSON" and first == part.first and _opens_initial(tokens, first):
                first -= 1
            is_full = part.label == "PERSON" and last - first >= MIN_FULL
            if first < last and not _is_no_name(tokens, first, last, lexicon, is_full=is_full):
                # "Florida Gov." is no person
                is_cut = part.label == "PERSON" and last < part.last
                is_place = is_cut and listed(tokens, first, last, lexicon)[0] == "GPE"
                yield Span(first, last, "PLACE" if is_place else part.label)


def _opens_initial(tokens: Sequence[Token], at: int) -> bool:
    """Whether an initial opens the sentence right before token `at` ("R. Peter Quill left")."""
    return (
        at > 0
        and tokens[at - 1].opens
        and _INITIAL.fullmatch(tokens[at - 1].text) is not None
        and tokens[at - 1].line == tokens[at].line
    )


def _is_column(token: Token) -> bool:
    """Whether a token may head a column of a table ("P W D L F A")."""
    return token.text.isupper() and token.text.isalpha() and len(token.text) <= MIN_COLUMNS


def _divided(tokens: Sequence[Token], span: Span, lexicon: Lexicon) -> Iterator[Span]:
    """Yield the span, or its two parts where "of" stands between a person or a firm and where they
    are from, or a place before a person.
    """
    if town := named_behind(tokens, span, lexicon):
        yield Span(span.first, town, "PLACE")
        yield Span(town, span.last, "PERSON")
        return
    if is_shared_title(fold(tokens[span.first].text), lexicon) and _is_pair(tokens, span):
        yield Span(span.first + 1, span.last, "PERSON")
        return
    at = next(
        (index for index in range(span.last - 2, span.first, -1) if tokens[index].text == "of"), 0
    )
    party = _party(tokens, span, lexicon)
    if party is not None:
        if party > span.first:
            yield Span(span.first, party, "PLACE")
        yield Span(party, party + 1, "NORP")
        if party + 1 < span.last:
            yield Span(party + 1, span.last, "PERSON")
        return
    if at and at + 1 < span.last and fold(tokens[at - 1].text) in edge_words("party_people"):
        yield Span(at - 1, at, "NORP")
        yield Span(at + 1, span.last, "PLACE")
        return
    if span.label == "PERSON" and (verb := verb_between(tokens, span, lexicon)):
        yield span._replace(last=verb)
        yield span._replace(first=verb + 1)
        return
    if span.label == "PERSON" and (owner := _possessive(tokens, span)):
        yield span._replace(last=owner)
        return
    if span.label == "ORG" and _is_office(tokens, span, lexicon):
        return
    is_led = _are_people(first := tokens[span.first]) or _FLIGHT.fullmatch(first.text) is not None
    if span.label == "ORG" and at == span.first + 1 and is_led:
        yield Span(at + 1, span.last, "ORG")
        return
    if span.label == "ORG" and (club := _owner(tokens, span, lexicon)):
        yield Span(span.first, club, "ORG")
        yield Span(club + 1, span.last, "PERSON")
        return
    if span.label in ("ORG", "PERSON") and (name := honoured(tokens, span, lexicon)):
        yield Span(name, span.last, "PERSON")
        return
    if span.label in ("ORG", "PERSON") and (role := headed_by(tokens, span, lexicon)):
        yield Span(span.first, role, "ORG")
        yield Span(role + 1, span.last, "PERSON")
        return
    if at and span.label in ("PLACE", "ORG") and is_place_of_person(tokens, span, at, lexicon):
        yield Span(span.first, at, "PLACE")
        yield Span(at + 1, span.last, "PERSON")
        return
    is_two = span.label in ("PLACE", "ORG") and at == span.first + MIN_FULL
    if is_two and is_person(tokens, span, lexicon):
        yield Span(span.first, at, "PERSON")
        yield Span(at + 1, span.last, "PLACE")
        return
    if at and span.label in ("PERSON", "ORG"):
        head = [fold(token.text) for token in tokens[span.first : at]]
        label, source = listed(tokens, at + 1, span.last, lexicon)
        is_office = any(
            word in lexicon.classes[name]
            for word in head
            for name in ("org_heads", "org_starts", "org_inner")
        )
        if span.label == "PERSON" or (source == "country" and len(head) > 1 and not is_office):
            yield Span(span.first, at, span.label)
            if label == "GPE":
                yield Span(at + 1, span.last, "PLACE")
            return
    yield span


def _possessive(tokens: Sequence[Token], span: Span) -> int | None:
    """Return the "'s" within a span, which ends the name of a person, or None."""
    inside = range(span.first + 1, span.last - 1)
    return next((at for at in inside if tokens[at].text in ("'s", "’s")), None)


def _is_office(tokens: Sequence[Token], span: Span, lexicon: Lexicon) -> bool:
    """Whether a span is what somebody is in a government ("Minister for Justice")."""
    is_led = span.last - span.first > MIN_FULL and tokens[span.first + 1].text == "for"
    return is_led and fold(tokens[span.first].text) in lexicon.classes["roles"]


def _owner(tokens: Sequence[Token], span: Span, lexicon: Lexicon) -> int | None:
    """Return the apostrophe behind the nickname of a club or party, or a name in -s, that the name
    of one of its people follows ("Falcons' Ruiz", "Harbour News' Ana Ruiz"), or None.
    """
    inner = range(span.first + 1, span.last - 1)
    at = next((index for index in inner if tokens[index].text in APOSTROPHES), None)
    if at is None or not tokens[at - 1].text.endswith("s"):
        return None
    words = [fold(token.text) for token in tokens[at + 1 : span.last]]
    is_full = len(words) == MIN_FULL and words[0] in lexicon.given and words[1] in lexicon.family
    is_full |= len(words) == MIN_FULL and is_common_given(words[0])
    is_club = at == span.first + 1 and tokens[span.first].text in teams()
    return at if is_full or is_club else None


def _are_people(token: Token) -> bool:
    """Whether a word that opens a sentence is people who belong to what follows ("Critics of")."""
    return token.opens and fold(token.text) in edge_words("belonging")


def _is_pair(tokens: Sequence[Token], span: Span) -> bool:
    """Whether "and" and another name stand behind a span ("Presidents Okoro and Vance")."""
    return (
        1 < span.last - span.first < MAX_PLACE
        and span.last + 1 < len(tokens)
        and tokens[span.last].text == "and"
        and tokens[span.last + 1].text.istitle()
    )


def _party(tokens: Sequence[Token], span: Span, lexicon: Lexicon) -> int | None:
    """Return the token of a party's member behind a place or before a full name ("Florida
    Republicans", "Florida Republican Marco Ruiz"); None where there is none.
    """
    for index in range(span.first, span.last):
        if fold(tokens[index].text) not in edge_words("party_people"):
            continue
        is_place = listed(tokens, span.first, index, lexicon)[0] == "GPE"
        is_named = index + 2 < span.last and fold(tokens[index + 1].text) in lexicon.given
        if (is_place and (is_named or index + 1 == span.last)) or (
            is_named and index == span.first
        ):
            return index
    return None


def _start(tokens: Sequence[Token], span: Span, lexicon: Lexicon) -> int:
    """Return where the name begins: behind a title that is written short ("Gen", "Dr.") or shared
    ("Presidents Okoro and Vance").
    """
    first = behind_day(tokens, span.first, span.last)
    if first > span.first:
        return first
    if span.label == "PERSON":
        first = _behind_description(tokens, span, lexicon)
    while (
        span.label == "PERSON" and first < span.last - 1 and _is_before_name(tokens[first], lexicon)
    ):
        first += 1
    return first


def _behind_description(tokens: Sequence[Token], span: Span, lexicon: Lexicon) -> int:
    """Return where a person's name begins behind an age, a party or a place ("59-year-old Huckley",
    "Florida Republican Marco Ruiz").
    """
    first = span.first + _cut_place(tokens, span, lexicon)
    while first < span.last - 1:
        word = tokens[first].text
        place = _place_before(tokens, first, span.last, lexicon)
        named = [fold(token.text) for token in tokens[first + 1 : span.last]]
        if not edge_words("honours").isdisjoint(named[:-MIN_FULL]):
            first += 1  # "Denver All-American Kyle Moor"
        elif word[0].isdigit() or fold(word) in edge_words("party_people") | edge_words("honours"):
            first += 1
        elif place:
            first += place
        else:
            break
    return first


def _cut_place(tokens: Sequence[Token], span: Span, lexicon: Lexicon) -> int:
    """Return how many words at the start of a span belong to a place that begins before it
    ("District of Columbia Ana Ruiz", "Washington, D.C. Ruiz").
    """
    for first in range(span.first - 1, max(span.first - MAX_PLACE, -1), -1):
        for last in range(span.first + 1, span.last):
            is_place = listed(tokens, first, last, lexicon)[0] == "GPE"
            if is_place and tokens[first].text[0].isupper():
                return last - span.first
    is_state = fold(tokens[span.first].text) in edge_words("state_letters")
    return int(is_state and span.first > 0 and tokens[span.first - 1].text == ",")


def _place_before(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> int:
    """Return the words of a place that stands before a party or before a full name; 0 for none."""
    for size in range(min(MAX_PLACE, last - first - 1), 0, -1):
        if listed(tokens, first, first + size, lexicon)[0] not in ("GPE", "NORP"):
            continue
        after = fold(tokens[first + size].text)
        if after in edge_words("party_people"):
            return size
        is_named = (
            fold(tokens[first].text) in lexicon.given
            or fold(tokens[first + size - 1].text) in lexicon.family
        )
        if last - first - size > 1 and after in lexicon.given and not is_named:
            return size
    return 0


def _is_before_name(token: Token, lexicon: Lexicon) -> bool:
    return (
        token.text == "."
        or _is_short_title(token, lexicon)
        or is_shared_title(fold(token.text), lexicon)
    )


def _end(tokens: Sequence[Token], span: Span, lexicon: Lexicon) -> int:
    """Return where the name ends: before a stop, a small word, the title of whoever is named next,
    and letters behind a name ("KC").
    """
    last = _behind_generation(tokens, span)
    while last > span.first:
        word = tokens[last - 1]
        behind = (
            span.label == "PERSON"
            and last - span.first > 1
            and word.text in lexicon.classes["letters_behind"]
        )
        title = (
            last - span.first > 1
            and _is_short_title(word, lexicon)
            and last < len(tokens)
            and tokens[last].text == "."
        )
        # a minute, a score or a date: "Ana Ruiz 46th", "Ruiz 42-40", "Ruiz 14.9"
        number = span.label == "PERSON" and last - span.first > 1 and word.text[0].isdigit()
        if not (
            behind
            or number
            or title
            or word.text in ",-–—:;'’"
            or (word.text.islower() and word.text in lexicon.classes["joiners"])
        ):
            break
        last -= 1
    return last


def _behind_generation(tokens: Sequence[Token], span: Span) -> int:
    """Return the end of a span with the generation that stands behind a person's full name, a comma
    before it or not ("Ana Ruiz, Jr.").
    """
    at = span.last
    if span.label != "PERSON" or at - span.first < MIN_FULL or at + 1 >= len(tokens):
        return at
    at += tokens[at].text == "," and tokens[at + 1].text in ("Jr", "Sr")
    is_near = tokens[at].line == tokens[span.last - 1].line and not tokens[at].opens
    return at + 1 if is_near and tokens[at].text in GENERATIONS else span.last


def _is_short_title(token: Token, lexicon: Lexicon) -> bool:
    key = fold(token.text)
    return (
        key in lexicon.classes["titles"]
        and key in lexicon.classes["abbreviations"]
        and token.text.istitle()
        and key != "st"
    )


def _is_no_name(
    tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon, *, is_full: bool
) -> bool:
    """Say whether the span is the currency of a sum ("US$ 4"), or a day. The full name of a person
    is neither.
    """
    money = (
        last < len(tokens)
        and tokens[last].text in CURRENCIES
        and not is_full  # "fined Ana Ruiz $400"
        and (tokens[last].start == tokens[last - 1].end or tokens[first - 1].text != "the")
    )
    if PARTY_AND_STATE.fullmatch(tokens[first].text):
        return True
    if last - first >= MIN_COLUMNS and all(_is_column(token) for token in tokens[first:last]):
        return True
    if last - first == 1 and tokens[first].text.lower() in edge_words("units"):
        return True
    return money or (
        last - first == 1
        and fold(tokens[first].text) in lexicon.classes["days"]
        and len(tokens[first].text) > len("Sun")
    )
