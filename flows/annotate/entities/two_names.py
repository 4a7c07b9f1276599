"""Two names that the model takes for one: a person behind a place, a body, an honour or a verb.

Not here: words at the ends of a name that are no part of it (`edges`).
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.annotate.entities.article import is_aged
from flows.annotate.entities.lexicon import Lexicon, edge_words, fold
from flows.annotate.entities.model import Span
from flows.annotate.entities.tokens import Token
from flows.annotate.names.person_name import is_common_given

MIN_FULL = 2
"""Words of a full name."""


def verb_between(tokens: Sequence[Token], span: Span, lexicon: Lexicon) -> int | None:
    """Return the verb of a headline between two full names ("Ana Ruiz Backs Owen Quill"), or
    None.
    """
    for at in range(span.first + MIN_FULL, span.last - MIN_FULL):
        word = fold(tokens[at].text)
        is_verb = word.endswith("s") and word not in lexicon.given and word.isalpha()
        starts = (fold(tokens[first].text) for first in (span.first, at + 1))
        if is_verb and all(start in lexicon.given for start in starts):
            return at
    return None


def headed_by(tokens: Sequence[Token], span: Span, lexicon: Lexicon) -> int | None:
    """Return the token of a role between a body and a full name ("Echo Editor-in-Chief Ada Quill"),
    or None. In the span of a person the role must have hyphens: King and Dean are names too.
    """
    at = span.last - MIN_FULL - 1
    if at <= span.first:
        return None
    role = fold(tokens[at].text)
    kind, hyphens, _ = role.partition("-in-")
    is_role = kind in lexicon.classes["roles"] and bool(hyphens or span.label == "ORG")
    return at if is_role and fold(tokens[at + 1].text) in lexicon.given else None


def honoured(tokens: Sequence[Token], span: Span, lexicon: Lexicon) -> int | None:
    """Return where a full name begins that ends a span behind an honour ("Denver All-American Kyle
    Moor"), or None.
    """
    at = span.last - MIN_FULL
    is_behind = at > span.first and fold(tokens[at - 1].text) in edge_words("honours")
    return at if is_behind and fold(tokens[at].text) in lexicon.given else None


def is_place_of_person(tokens: Sequence[Token], span: Span, at: int, lexicon: Lexicon) -> bool:
    """Whether a span is a listed place, "of" at token `at`, and a full name that no list has as
    something else ("a shooting in Oslo of Ada Quill").
    """
    is_place = listed(tokens, span.first, at, lexicon)[0] == "GPE"
    is_named = fold(tokens[at + 1].text) in lexicon.given or is_aged(tokens, span.last)
    is_named &= span.last - at - 1 >= MIN_FULL
    return is_place and is_named and not listed(tokens, at + 1, span.last, lexicon)[0]


def is_person(tokens: Sequence[Token], span: Span, lexicon: Lexicon) -> bool:
    """Whether a span begins with a given name and a surname by the lists, and ends in a listed
    place behind "of" ("Al Greene of Texas").
    """
    first, last = (fold(token.text) for token in tokens[span.first : span.first + MIN_FULL])
    is_from = listed(tokens, span.first + MIN_FULL + 1, span.last, lexicon)[0] == "GPE"
    is_body = last in lexicon.classes["org_heads"]  # "Royal Bank of Canada"
    return is_from and not is_body and first in lexicon.given and last in lexicon.family


def listed(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> tuple[str, str]:
    """Return the label and the list of the name that tokens `first` to `last` are, two empty
    strings where no list has it.
    """
    key = " ".join(fold(token.text) for token in tokens[first:last])
    label, source, _ = lexicon.phrases.get(key, ("", "", ""))
    return label, source


def named_behind(tokens: Sequence[Token], span: Span, lexicon: Lexicon) -> int | None:
    """Return the token where a person's full name begins behind a listed place of several words
    ("District of Columbia Ana Ruiz"), or of one word behind "in" ("In Oslo Ada Quill"); or None.
    """
    if town := _behind_town(tokens, span, lexicon):
        return town
    if span.label != "PLACE" or fold(tokens[span.last - 1].text) in lexicon.classes["place_heads"]:
        return None
    for at in range(span.first + 2, span.last - 1):
        is_place = listed(tokens, span.first, at, lexicon)[0] == "GPE"
        if is_place and fold(tokens[at].text) in lexicon.given:
            return at
    return None


def _behind_town(tokens: Sequence[Token], span: Span, lexicon: Lexicon) -> int | None:
    """Return where a full name by the lists begins behind "in" and a listed town that is no given
    name ("In Oslo Ada Quill"; not "In Victoria Ada Quill", "in Oslo Quill Harbour"), or None.
    """
    leads = ("in", "at", "from")
    if span.label not in ("PERSON", "PLACE") or span.last - span.first <= MIN_FULL:
        return None
    first = span.first + (fold(tokens[span.first].text) in leads)
    words = [fold(token.text) for token in tokens[first : span.last]]
    if len(words) != MIN_FULL + 1:
        return None
    is_led = first and fold(tokens[first - 1].text) in leads
    if not is_led or is_common_given(words[0]) or not is_common_given(words[1]):
        return None
    is_place = listed(tokens, first, first + 1, lexicon)[0] == "GPE"
    is_whole = listed(tokens, first, first + MIN_FULL, lexicon)[0]
    heads = lexicon.classes["place_heads"] | lexicon.classes["org_heads"]
    return first + 1 if is_place and not is_whole and words[-1] not in heads else None
