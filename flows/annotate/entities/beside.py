"""Names that the words beside them explain: whose spokeswoman speaks, what a site is called after,
letters in a list with a body's letters, clubs beside their scores.

Not here: what a name's own words say (`certain`), and other mentions of it (`agree`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from flows.annotate.entities.article import Article, Segment
from flows.annotate.entities.lexicon import Lexicon, edge_words, fold, is_acronym, types
from flows.annotate.entities.model import Span, covered, replaced
from flows.annotate.entities.tokens import Token
from flows.annotate.entities.two_names import listed
from flows.annotate.names.organisations import MIXED_LETTERS, letters_of
from flows.annotate.names.words import people_words

INDEFINITE = frozenset(("A", "a", "An", "an"))

OWNERS = frozenset(("Partners", "Sons", "Daughters", "Brothers", "Associates", "Co"))

THE = frozenset(("The", "the"))

JOINTS = frozenset((",", "and", "or", "&"))
"""What stands between the names of a list."""

MAX_JOINTS = 2
"""Tokens between two names of a list, at most (", and")."""

RANK = frozenset((",", "No", "."))
"""What stands before a club beside its number in a table ("No. 9")."""

MIN_WORDS = 3
"""Letters from which each stands for a word of its own."""

MIN_SCORED, MAX_SCORE = 2, 3
"""Words of a name and its score, at least; digits of a score, at most."""


def with_spoken_for(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans; a name without a mention between an article and "spokeswoman" is an
    organisation ("a Harwick-Moor spokeswoman").
    """
    taken = covered(spans)
    found = []
    for segment in article.segments:
        first = segment.first + (tokens[segment.first].text in INDEFINITE)
        name = range(first, segment.last)
        if (
            len(name) > 0
            and segment.last < len(tokens)
            and tokens[segment.last].text in edge_words("spokespeople")
            and tokens[first - 1].text in INDEFINITE
            and taken.isdisjoint(name)
            and not (len(name) == 1 and fold(tokens[first].text) in lexicon.common)
        ):
            found.append(Span(first, segment.last, "ORG"))
    return sorted([*spans, *found])


def with_sites(tokens: Sequence[Token], spans: Sequence[Span], article: Article) -> list[Span]:
    """Return the spans; a person's name and a kind of site behind it are a place ("the Ada Quill
    Circuit").
    """
    starts = {span.last: span.first for span in spans if span.label == "PERSON"}
    found = [
        Span(starts[s.last - 1], s.last, "PLACE")
        for s in article.segments
        if starts.get(s.last - 1, 0) > 0
        and tokens[starts[s.last - 1] - 1].text.lower() == "the"
        and fold(tokens[s.last - 1].text) in edge_words("buildings")
    ]
    return replaced(spans, found)


def with_listed_letters(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans; letters in a list with the letters of an organisation are one too ("the
    HBA, HBO and WHO"), both ways along the list.
    """
    bodies = {span.first for span in spans if span.label == "ORG" and span.last - span.first == 1}
    taken = covered(spans)
    letters = [
        Segment(s.last - 1, s.last, tokens[s.last - 1].text)
        for s in article.segments
        if s.last - s.first == 1 or (s.last - s.first == 2 and tokens[s.first].text == "The")
    ]
    letters = [
        s for s in letters if is_acronym(s.key) and fold(s.key) not in lexicon.classes["things"]
    ]
    found = set[int]()
    for pairs in (pairwise(letters), pairwise(reversed(letters))):
        for one, other in pairs:
            first, last = min(one, other), max(one, other)
            is_body = one.first in bodies or one.first in found
            if is_body and other.first not in taken and _are_joined(tokens, first.last, last.first):
                found.add(other.first)
    return sorted([*spans, *(Span(at, at + 1, "ORG") for at in found)])


def with_mixed_letters(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans; letters with a small one among them are the organisation whose words begin
    so, capitals and all ("MoD" for "Ministry of Defence").
    """
    letters = [
        segment
        for segment in article.segments
        if segment.last - segment.first <= MAX_JOINTS
        and MIXED_LETTERS.fullmatch(tokens[segment.last - 1].text)
    ]
    if not letters:
        return list(spans)
    spelt = {
        "".join(token.text[0] for token in tokens[span.first : span.last])
        for span in spans
        if span.label == "ORG"
    }
    found = [
        Span(segment.last - 1, segment.last, "ORG")
        for segment in letters
        if tokens[segment.last - 1].text in spelt
        and (segment.last - segment.first == 1 or tokens[segment.first].text in THE)
    ]
    return replaced(spans, found)


def with_explained_letters(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans. Letters in brackets have the type of the law, work or event before them, in
    the whole article ("the Data Secrecy Act (DSA)"). Letters behind words in small letters are no
    organisation ("river fever (RF)").
    """
    ends = {span.last: span for span in spans}
    kinds = {}
    for at in [at for at, token in enumerate(tokens) if token.text == "("]:
        if not 0 < at < len(tokens) - 2 or tokens[at + 2].text != ")":
            continue
        letters = tokens[at + 1].text
        if not is_acronym(letters) or letters in types():
            continue
        long = ends.get(at)
        if long is not None and long.label in ("MISC", "EVENT"):
            name = " ".join(token.text for token in tokens[long.first : at])
            if letters.casefold() in letters_of(name):
                kinds[letters] = long.label
        elif long is None and _are_initials(tokens, at, letters, lexicon):
            kinds[letters] = "MISC"
    return [
        span.labelled(kinds[tokens[span.first].text])
        if span.last - span.first == 1
        and span.label in ("ORG", "PERSON", "PLACE")
        and tokens[span.first].text in kinds
        else span
        for span in spans
    ]


def _are_initials(tokens: Sequence[Token], end: int, letters: str, lexicon: Lexicon) -> bool:
    """Whether letters are the first ones of the words in small letters before token `end`, or
    begin one such word and follow in it ("TB" behind "tuberculosis"). The last of the words is no
    body.
    """
    word, wanted = tokens[end - 1].text, list(letters.lower())
    if not word.islower() or word in lexicon.classes["org_heads"]:
        return False
    rest = iter(word)
    if (
        word[0] == wanted[0]
        and all(letter in rest for letter in wanted)
        and len(wanted) < MIN_WORDS
    ):
        return True
    at = end
    while wanted and at > 0 and not tokens[at].opens:
        at -= 1
        if tokens[at].text[0] == wanted[-1]:
            wanted.pop()
        elif tokens[at].text not in lexicon.classes["joiners"]:
            return False
    return not wanted


def with_listed_places(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans; a name without a mention that "and" joins with a place is one too, where
    the first of them stands behind a preposition of places or "visited".
    """
    labels = {(span.first, span.last): span.label for span in spans}
    taken = covered(spans)
    found = []
    for one, other in pairwise(article.segments):
        if other.first != one.last + 1 or tokens[one.last].text != "and":
            continue
        before = fold(tokens[one.first - 1].text) if one.first else ""
        if before not in lexicon.classes["place_prepositions"] | edge_words("visits"):
            continue
        for place, name in ((one, other), (other, one)):
            is_place = labels.get((place.first, place.last)) == "PLACE"
            is_free = taken.isdisjoint(range(name.first, name.last))
            if is_place and is_free and not _is_plain(name, lexicon):
                found.append(Span(name.first, name.last, "PLACE"))
    return sorted([*spans, *found])


def _is_plain(segment: Segment, lexicon: Lexicon) -> bool:
    """Whether a segment has a word of plain English, or letters alone."""
    words = [fold(word) for word in segment.key.split(" ")]
    return is_acronym(segment.key) or any(word in lexicon.common for word in words)


def _are_joined(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether tokens `first:last` are no more than a comma, "and", or both."""
    between = tokens[first:last]
    return 0 < len(between) <= MAX_JOINTS and all(token.text in JOINTS for token in between)


def with_regions(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans; one word behind a place and a comma that the model takes for a person is a
    place, if a point or the end of the text follows. The word must be short for a state ("Harwick,
    Mo.") or a listed town ("Pine Road, Leeds.").
    """
    ends = {span.last for span in spans if span.label == "PLACE"}
    states = people_words()["state_abbreviations"]

    def is_region(span: Span) -> bool:
        at, key = span.first - 1, fold(tokens[span.first].text)
        if span.label != "PERSON" or span.last - span.first > 1 or at not in ends:
            return False
        closes = span.last == len(tokens) or tokens[span.last].text == "."
        is_town = lexicon.phrases.get(key, ("", "", ""))[0] == "GPE"
        return tokens[at].text == "," and closes and (key in states or is_town)

    return [span.labelled("PLACE") if is_region(span) else span for span in spans]


def with_homes(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans; what stands between an age or "a" and a word for people is where they are
    from ("a 52-year-old Harwick Moor woman"), and so is a listed place with its article, where the
    model sees a person ("The Hague").
    """
    found = []
    for span in spans:
        if span.label != "PERSON" or span.first == 0:
            continue
        before = tokens[span.first - 1].text
        if before in THE:
            if listed(tokens, span.first - 1, span.last, lexicon)[0] == "GPE":
                found.append(Span(span.first - before.istitle(), span.last, "PLACE"))
        elif span.last < len(tokens) and (_is_age(before) or before in INDEFINITE):
            behind = tokens[span.last].text
            is_somebody = behind in edge_words("people")
            if is_somebody or (_is_age(before) and behind in lexicon.classes["roles"]):
                found.append(span.labelled("PLACE"))
    return replaced(spans, found)


def _is_age(word: str) -> bool:
    """Whether a word ends an age ("a 52-year-old", "a 52 year old")."""
    return word == "old" or word.endswith("-old")


def with_firms(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans; a name and those who own the firm with its bearer are an organisation
    ("Holt and Partners", "Lindt & Sons").
    """
    found = [
        Span(one.first, other.last, "ORG")
        for one, other in pairwise(article.segments)
        if other.first == one.last + 1
        and tokens[one.last].text in ("and", "&")
        and other.key in OWNERS
        and fold(one.key) not in lexicon.common
    ]
    return replaced(spans, found)


def with_scores(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans; two names with a number behind each and a comma between them are clubs with
    their scores, where the article is about sport or gives ranks ("Harwick 65, No. 9 Velden 53").
    """
    is_sport = bool(edge_words("sports") & article.lower)
    scored = [segment for segment in article.segments if _has_score(tokens, segment, lexicon)]
    found = []
    for one, other in pairwise(scored):
        between = [token.text for token in tokens[one.last : other.first]]
        is_list = between[:1] == [","] and all(t in RANK or t.isdigit() for t in between)
        if is_list and (is_sport or "No" in between):
            found += [Span(s.first, s.last - 1, "ORG") for s in (one, other)]
    return replaced(spans, found)


def _has_score(tokens: Sequence[Token], segment: Segment, lexicon: Lexicon) -> bool:
    """Whether a segment is a name that is no month, and a number."""
    score = tokens[segment.last - 1].text
    if segment.last - segment.first < MIN_SCORED or not score.isdigit() or len(score) > MAX_SCORE:
        return False
    return fold(tokens[segment.first].text) not in lexicon.classes["months"]
