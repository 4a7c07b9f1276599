"""What the form of a name tells: Arabic names of many parts, parties, two bodies told together, a
firm with a country's name, letters within a word.

Not here: what the words beside a name say (`beside`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from flows.annotate.entities.article import Article, Segment, is_titled
from flows.annotate.entities.lexicon import Lexicon, edge_words, fold, is_acronym, types
from flows.annotate.entities.model import Span, covered, replaced
from flows.annotate.entities.tokens import Token

MIN_LETTERS = 3
"""Capitals that are more often a body than a person ("ATI", not "JD")."""

MIN_SPELT = 3
"""Letters in brackets that spell the name before them."""

MIN_PAIR = 5
"""Tokens of two bodies of two words each that "and" joins."""

MAX_GIVEN = 2
"""Words that may stand before the first "Al-" of a name."""

_FAMILY = re.compile(r"(?:[AE]l|[Uu]l|As|Ash|At|Ar|An|Az)[-‐‑][A-Z]\w+")
_INNER = re.compile(r"[a-z]{2}[A-Z]")
_SMALL_START = re.compile(r"(?:Mc|Mac|Mag|De|Di|Du|La|Le|Lo|Van|Von|Fitz|Del|Della|Des|St|O)[A-Z]")


def with_shapes(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans with what the form of a name settles."""
    found: list[Span] = []
    for span in spans:
        may_part = span.label == "ORG" and span.last - span.first >= MIN_PAIR
        found += _parted(tokens, span, lexicon) if may_part else (span,)
    full = [span for span in found if span.label == "PERSON" and span.last > span.first + 1]
    called = {_key(tokens, span) for span in full if _owns(tokens, span.last)}
    full = [span for span in full if _key(tokens, span) not in called]
    people = {tokens[at].text for at in covered(full)}
    single = [
        span
        for span in found
        if span.label in ("PERSON", "PLACE")
        and span.last == span.first + 1
        and (span.label == "PERSON" or fold(tokens[span.first].text) not in lexicon.phrases)
    ]
    firms = {
        tokens[span.first].text for span in single if _is_told_firm(tokens, span.first, lexicon)
    }
    firms = (firms - people) | called
    found = [span.labelled(_label(tokens, span, firms, lexicon)) for span in found]
    found = replaced(found, list(_with_given(tokens, found, lexicon)))
    found = replaced(found, list(_families(tokens, found)))
    found = replaced(found, list(_named_families(tokens, found, article, lexicon)))
    found += _employers(tokens, found, article, lexicon)
    return replaced(found, list(_parties(tokens, article)))


def _parted(tokens: Sequence[Token], span: Span, lexicon: Lexicon) -> Iterator[Span]:
    """Yield an organisation, or the two that "and" joins ("Tarn Bank and Ping Lu Bank"): both end
    in a kind of body, the same one or the second with a name of its own.
    """
    heads = lexicon.classes["org_heads"]
    for at in range(span.first + 2, span.last - 2):
        left, right = fold(tokens[at - 1].text), fold(tokens[span.last - 1].text)
        is_own = fold(tokens[at + 1].text) not in lexicon.common
        if (
            tokens[at].text == "and"
            and left in heads
            and right in heads
            and (left == right or is_own)
        ):
            yield span._replace(last=at)
            yield span._replace(first=at + 1)
            return
    yield span


def _label(tokens: Sequence[Token], span: Span, firms: Collection[str], lexicon: Lexicon) -> str:
    """Return the type of a span: no person has letters or a capital within a word for a name, and
    no place the name of a country and a word behind it that no list has.
    """
    if span.label not in ("PERSON", "ORG", "PLACE"):
        return span.label
    words = [token.text for token in tokens[span.first : span.last]]
    if span.label == "PERSON" and len(words) > 1 and " ".join(words) in firms:
        return "ORG"
    if span.label == "PLACE" and len(words) == 1:
        return "ORG" if words[0] in firms else span.label
    if span.label == "PERSON" and len(words) == 1 and words[0] not in types():
        is_body = is_acronym(words[0]) and len(words[0]) >= MIN_LETTERS
        is_inner = _INNER.search(words[0]) and not _SMALL_START.match(words[0])
        is_called = is_titled(tokens, span.first, span.last, lexicon)
        is_firm = is_body or is_inner or words[0] in firms
        return "ORG" if is_firm and not is_called else span.label
    last = fold(words[-1])
    is_firm = last in edge_words("firm_heads") and last not in lexicon.family
    if len(words) > 1 and (last in edge_words("club_ends") or is_firm):
        return "ORG"
    if span.label == "PLACE" and len(words) > 1:
        is_named_so = (
            lexicon.phrases.get(fold(words[0]), ("", "", ""))[1] == "country"
            and fold(" ".join(words)) not in lexicon.phrases
            and fold(words[1]) not in lexicon.given
            and not any(last in lexicon.classes[kind] for kind in ("place_heads", "compass"))
            and last not in edge_words("buildings")
            and last not in lexicon.phrases
        )
        return "ORG" if is_named_so else span.label
    return span.label


def _is_told_firm(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether a word beside a single name says that it is a firm or a paper ("the daily Vapari",
    "Vapari shareholders"). Behind "the daily", no surname of the lists is one, since a clause may
    begin there ("the daily Ruiz founded").
    """
    name = fold(tokens[at].text)
    before = tokens[at - 1].text if at else ""
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    is_listed = name in lexicon.family or name in lexicon.given
    behind = tokens[at + 2].text.lower() if at + 2 < len(tokens) else ""
    if after == "," and behind in edge_words("firm_ends"):
        return True
    if _is_employer(tokens, at, at + 1, lexicon):
        return True
    return after in edge_words("firm_has") or (before in edge_words("firm_is") and not is_listed)


def _with_given(tokens: Sequence[Token], spans: Sequence[Span], lexicon: Lexicon) -> Iterator[Span]:
    """Yield the people whose first words the model left out: a given name that is also short for a
    month ("Jan van den Berg"), or particles that open a sentence ("Van den Berg").
    """
    particles = lexicon.classes["particles"]
    for span in spans:
        if span.label != "PERSON" or span.first == 0:
            continue
        first, line = span.first, tokens[span.first].line
        while first > 0 and fold(tokens[first - 1].text) in particles:
            first -= 1
        is_led = first > 0 and tokens[first].text in particles and not tokens[first].opens
        if is_led and fold(tokens[first - 1].text) in lexicon.given:
            first -= tokens[first - 1].text.istitle()
        if first < span.first and tokens[first].text.istitle() and tokens[first].line == line:
            yield span._replace(first=first)


def _key(tokens: Sequence[Token], span: Span) -> str:
    return " ".join(token.text for token in tokens[span.first : span.last])


def _owns(tokens: Sequence[Token], at: int) -> bool:
    """Whether token `at` is what a firm has and no person ("Ada Quill outlets")."""
    return at < len(tokens) and tokens[at].text in edge_words("firm_owns")


def _is_employer(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether tokens `first:last` stand behind a role and "at", and nothing of the phrase behind
    them ("an analyst at Vapari,").
    """
    is_led = first > 1 and tokens[first - 1].text == "at"
    is_end = last >= len(tokens) or not tokens[last].text.isalnum()
    return is_led and is_end and fold(tokens[first - 2].text) in lexicon.classes["roles"]


def _employers(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> Iterator[Span]:
    """Yield the names that have no mention, where the text says that somebody works for them."""
    taken = covered(spans)
    for segment in article.segments:
        first, last = segment.first, segment.last
        if (
            _is_employer(tokens, first, last, lexicon)
            and taken.isdisjoint(range(first, last))
            and fold(segment.key) not in lexicon.phrases
            and not any(fold(word) in lexicon.common for word in segment.key.split(" "))
        ):
            yield Span(first, last, "ORG")


def _is_firm_head(tokens: Sequence[Token], at: int) -> bool:
    """Whether token `at` makes a firm of the person before it ("Ada Quill Productions")."""
    token = tokens[at]
    is_near = token.line == tokens[at - 1].line and not token.opens
    return is_near and token.text.istitle() and fold(token.text) in edge_words("firm_heads")


def _families(tokens: Sequence[Token], spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the people whose name goes on behind the span ("Nadir Al-Hamid Al-Noor"), and the firms
    that are called after somebody.
    """
    for span in spans:
        if span.label != "PERSON":
            continue
        if span.last < len(tokens) and _is_firm_head(tokens, span.last):
            yield Span(span.first, span.last + 1, "ORG")
            continue
        last = span.last
        while last < len(tokens) and _goes_on(tokens, last):
            last += 1
        if last > span.last:
            yield span._replace(last=last)


def _named_families(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> Iterator[Span]:
    """Yield the people of segments without a mention that end in two families ("Nadir Al-Hamid
    Al-Noor"), without the titles before them.
    """
    taken = covered(spans)
    for segment in article.segments:
        if segment.last - segment.first <= MAX_GIVEN or tokens[segment.last - 1].text.isalpha():
            continue
        first = segment.last
        while first > segment.first and _FAMILY.fullmatch(tokens[first - 1].text):
            first -= 1
        low = max(segment.first, first - MAX_GIVEN)
        if segment.last - first < MAX_GIVEN or not taken.isdisjoint(range(low, segment.last)):
            continue
        given = first
        while given > low and _is_given(tokens[given - 1], lexicon):
            given -= 1
        if given < first:
            yield Span(given, segment.last, "PERSON")


def _is_given(token: Token, lexicon: Lexicon) -> bool:
    key = fold(token.text)
    return not (
        key in lexicon.common or key in lexicon.classes["titles"] or key in lexicon.classes["roles"]
    )


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether token `at` is a family with "Al-", right behind another word of the line."""
    token, before = tokens[at], tokens[at - 1]
    if token.text.isalpha() or token.opens or token.line != before.line or before.text == ",":
        return False
    return _FAMILY.fullmatch(token.text) is not None


def _parties(tokens: Sequence[Token], article: Article) -> Iterator[Span]:
    """Yield the parties whose "party" is written small ("the Labour party")."""
    for segment in article.segments if "party" in article.lower else ():
        word = tokens[segment.last - 1].text
        is_party = segment.last < len(tokens) and tokens[segment.last].text == "party"
        if is_party and fold(word) in edge_words("parties"):
            yield Span(_behind_the(tokens, segment), segment.last + 1, "ORG")


def _behind_the(tokens: Sequence[Token], segment: Segment) -> int:
    """Return where a segment begins behind the "The" that opens a sentence."""
    is_led = tokens[segment.first].text == "The" and segment.last - segment.first > 1
    return segment.first + is_led


def spelt_before(tokens: Sequence[Token], at: int) -> Span | None:
    """Return the words before the brackets of an acronym at token `at` that its letters begin, one
    each, small words in any language among them ("Médicos del Mar (MDM)"), or None.
    """
    if not at or tokens[at - 1].text != "(":
        return None
    letters = tokens[at].text
    first = at - 1 - len(letters)
    if len(letters) < MIN_SPELT or first < 0:
        return None
    words = tokens[first : at - 1]
    is_spelt = "".join(fold(token.text)[0] for token in words).upper() == letters
    is_name = words[0].text[0].isupper() and words[-1].text[0].isupper()
    is_one = all(token.line == words[0].line and not token.opens for token in words[1:])
    return Span(first, at - 1, "ORG") if is_spelt and is_name and is_one else None
