"""People whom the form of a name or the verb before it makes certain: "Anne-Sophie Vautrin",
"S.K.T. Rao", "Ji-woo Han", and whoever is arrested.

Not here: people by what follows them and by lists (`plain_names`).
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.annotate.entities.article import Article, Segment
from flows.annotate.entities.lexicon import Lexicon, edge_words, fold
from flows.annotate.entities.model import Span, replaced
from flows.annotate.entities.plain_names import INITIALS, may_be_called
from flows.annotate.entities.tokens import Token
from flows.annotate.entities.two_names import listed
from flows.annotate.names.person_name import is_common_given

MAX_WORDS = 4
"""Words of a name without small words between."""

MAX_SYLLABLE = 5
"""Letters of each part of a given name such as "Ji-woo"."""

COMMONEST = 10
"""SCOWL's level of the commonest words."""

NO_NAMES = "titles roles org_heads org_inner org_starts place_heads event_heads misc_heads".split()
"""Classes of words that are no part of a person's name."""


def with_sure_people(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans, those of these people among them, whole and with their type."""
    people = {span.first: span for span in spans if span.label == "PERSON"}
    found = [
        Span(span.first - 1, span.last, "PERSON")
        for span in people.values()
        if _is_led(tokens, span.first, lexicon)
    ]
    found += [
        span.labelled("PERSON")
        for span in spans
        if span.label in ("PLACE", "ORG")
        and _is_object(tokens, span.first, span.last)
        and not listed(tokens, span.first, span.last, lexicon)[0]
    ]
    for segment in article.segments:
        size, person = segment.last - segment.first, people.get(segment.first)
        is_whole = person is not None and person.last == segment.last
        if is_whole or not 1 < size <= MAX_WORDS:
            continue
        is_sure = _is_compound(tokens[segment.first].text, lexicon) or _is_object(
            tokens, segment.first, segment.last
        )
        if is_sure and may_be_called(segment, lexicon) and _is_plain(tokens, segment, lexicon):
            found.append(Span(segment.first, segment.last, "PERSON"))
    return replaced(spans, found)


def _is_led(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> bool:
    """Whether the token before a person is the beginning of the name: initials that are no
    country's or body's ("S.K.T. Rao"), or two syllables of a given name ("Ji-woo Han").
    """
    if not first or tokens[first].line != tokens[first - 1].line:
        return False
    word = tokens[first - 1].text
    if word == "Tan":  # a surname; "Tan Sri" alone is a title
        return tokens[first].text != "Sri"
    if INITIALS.fullmatch(word):
        key = word.lower()
        return key not in lexicon.phrases and key not in edge_words("state_letters")
    head, mark, tail = word.partition("-")
    if not mark or not head.istitle() or not tail.islower() or "-" in tail:
        return False
    parts = head.lower(), tail
    return (
        all(
            len(part) <= MAX_SYLLABLE and lexicon.common.get(part, 99) > COMMONEST for part in parts
        )
        and parts[0] not in lexicon.classes["heads"]
        and any(part in lexicon.given or part in lexicon.family for part in parts)
    )


def _is_object(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether tokens `first:last` are all of the object of a verb that takes people alone
    ("arrested"); no noun follows them ("arrested Oakport police officers").
    """
    if not first or tokens[first - 1].text not in edge_words("done_to"):
        return False
    after = tokens[last].text if last < len(tokens) else "."
    return not after[0].isalnum() or after in edge_words("behind_objects")


def _is_compound(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is given names with a hyphen ("Anne-Sophie"), one of them a common one."""
    parts = word.split("-")
    return (
        len(parts) > 1
        and all(part.istitle() and fold(part) in lexicon.given for part in parts)
        and any(is_common_given(fold(part)) for part in parts)
    )


def _is_plain(tokens: Sequence[Token], segment: Segment, lexicon: Lexicon) -> bool:
    """Whether no word of a segment is a title's, a role's, a body's or a thing's, and the last one
    no plain word that is not a surname too ("Dodd-Frank Act").
    """
    words = [fold(token.text) for token in tokens[segment.first : segment.last]]
    return not any(word in lexicon.classes[kind] for kind in NO_NAMES for word in words) and (
        words[-1] in lexicon.family or words[-1] not in lexicon.common
    )
