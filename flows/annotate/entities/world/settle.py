"""Spans of the model → the spans of a text: edges trimmed, one label for each name, known names and
repeated surnames added.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from flows.annotate.entities.lexicon import lexicon
from flows.annotate.entities.model import Span, covered
from flows.annotate.entities.world.features import Evidence, word_classes
from flows.annotate.entities.world.gazetteer import INFLECTED, LABELS, Known, find, stem
from flows.annotate.entities.world.scripts import latin
from flows.annotate.entities.world.tokens import Token, is_capital

SURE = frozenset(("country", "body"))
"""Kinds of known names that are mentions even where the model does not mark them."""

MIN_SURE_LETTERS = 4
"""Letters of such a name, unless it is written in capitals."""

MIN_SURNAME = 4
"""Letters of a surname that is marked wherever it stands."""

ARTICLES = frozenset("die das den dem les los las the gli het ein eine".split())
"""Articles behind which two capitals are no person's full name ("die Mark Harwick")."""

TRIMMED = frozenset(",.;:!?-–—\"'“”„‘’«»()[]")


def settle(evidence: Evidence, spans: Sequence[Span]) -> list[Span]:
    """Return the spans in order; they do not overlap."""
    tokens, language = evidence.tokens, evidence.language
    kept = list(_trimmed(evidence, spans))
    kept = _one_label(tokens, [_whole(evidence, span, kept) for span in kept], language)
    kept += _titled(evidence, covered(kept))
    taken = covered(kept)
    kept += _known(evidence, taken)
    kept += _surnames(evidence, kept)
    return sorted(kept)


def words_of(tokens: Sequence[Token], span: Span) -> list[str]:
    """Return the folded words of a span."""
    return [latin(token.text) for token in tokens[span.first : span.last]]


def name_key(tokens: Sequence[Token], span: Span, language: str) -> str:
    """Return the key under which forms of one name meet: folded, without case endings."""
    key = " ".join(words_of(tokens, span))
    family = INFLECTED.get(language)
    return stem(key, family) if family else key


def known_name(tokens: Sequence[Token], span: Span, script: str, language: str) -> Known | None:
    """Return the known name that a span is, None where it is none."""
    return find(" ".join(words_of(tokens, span)), script, language)


def _is_kind_of_body(evidence: Evidence, first: int, last: int) -> bool:
    """Whether a span is a known body behind a word for its kind ("Nachrichtenagentur Xinhua")."""
    if last - first < 2 or not {"org", "-org"} & set(
        word_classes(evidence.tokens[first].text, evidence.language)
    ):
        return False
    tail = Span(first + 1, last, "ORG")
    known = known_name(evidence.tokens, tail, evidence.script, evidence.language)
    return known is not None and known.kind == "body"


def _trimmed(evidence: Evidence, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans without marks at their ends and without titles before a person."""
    tokens, language = evidence.tokens, evidence.language
    for span in spans:
        first, last = span.first, span.last
        while first < last and tokens[first].text in TRIMMED:
            first += 1
        while last > first and (
            tokens[last - 1].text in TRIMMED
            or (
                tokens[last - 1].text.islower()
                and "join" in word_classes(tokens[last - 1].text, language)
            )
        ):
            last -= 1
        while (
            span.label == "PERSON"
            and first < last - 1
            and "title" in word_classes(tokens[first].text, language)
            and tokens[first].text != tokens[first].text.upper()
        ):
            first += 1
        if span.label == "ORG" and _is_kind_of_body(evidence, first, last):
            first += 1
        if first == last or not any(is_capital(t.text) for t in tokens[first:last]):
            continue
        if last - first == 1 and "no" in word_classes(tokens[first].text, language):
            continue
        yield Span(first, last, span.label)


def _one_label(tokens: Sequence[Token], spans: Sequence[Span], language: str) -> list[Span]:
    """Return the spans with the commonest label of each name; a full name gives a surname its
    label.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    keys = [name_key(tokens, span, language) for span in spans]
    for key, span in zip(keys, spans, strict=True):
        votes[key][span.label] += 1
    people = {
        key.rpartition(" ")[2]
        for key, counts in votes.items()
        if " " in key and counts.most_common(1)[0][0] == "PERSON"
    }
    return [
        span.labelled("PERSON" if key in people else votes[key].most_common(1)[0][0])
        for key, span in zip(keys, spans, strict=True)
    ]


def _known(evidence: Evidence, taken: set[int]) -> Iterator[Span]:
    """Yield the sure known names that no span covers."""
    tokens = evidence.tokens
    for at, features in evidence.phrases.items():
        kind = features[0].removeprefix("p=B-")
        if kind not in SURE or at in taken:
            continue
        last = at + 1
        while evidence.phrases.get(last, ("",))[0] == f"p=I-{kind}":
            last += 1
        word = tokens[at].text
        long = last - at > 1 or len(word) >= MIN_SURE_LETTERS or (word.isupper() and len(word) > 2)
        beside = [
            is_capital(tokens[near].text) and not tokens[max(near, at)].opens
            for near in (at - 1, last)
            if 0 <= near < len(tokens) and near not in taken
        ]
        if long and taken.isdisjoint(range(at, last)) and not any(beside):
            label = {"GPE": "PLACE", "LOC": "PLACE"}.get(LABELS[kind], LABELS[kind])
            yield Span(at, last, label)


def _titled(evidence: Evidence, taken: set[int]) -> Iterator[Span]:
    """Yield the unmarked pairs of capitalised words that stand right behind a title. Behind another
    word in small letters they count if the first is a given name and the text has the second
    nowhere in small letters ("trat Ana Ruiz zurück").
    """
    tokens, language = evidence.tokens, evidence.language
    for at in evidence.capitals:
        if not 0 < at < len(tokens) - 1 or tokens[at + 1].start != tokens[at].end + 1:
            continue
        pair, before = tokens[at : at + 2], tokens[at - 1]
        if (
            all(token.text.istitle() and token.text.isalpha() for token in pair)
            and not (pair[0].opens or pair[1].opens)
            and taken.isdisjoint((at, at + 1))
            and not {at, at + 1} & evidence.phrases.keys()
            and (
                {"title", "-title"} & set(word_classes(before.text, language))
                or _is_given(evidence, pair, before)
            )
            and not any(word_classes(token.text, language) for token in pair)
            and not (at + 2 < len(tokens) and tokens[at + 2].text[0].isupper())
        ):
            yield Span(at, at + 2, "PERSON")


def _is_given(evidence: Evidence, pair: Sequence[Token], before: Token) -> bool:
    """Whether two words behind a small one are a given name and what may be a surname."""
    given, surname = (latin(token.text) for token in pair)
    classes = set(word_classes(before.text, evidence.language))
    return (
        before.text.islower()
        and before.text not in ARTICLES
        and not classes & {"in", "join"}
        and given in lexicon().given
        and given not in lexicon().common
        and (surname in lexicon().family or surname not in lexicon().given)
        and pair[1].text.lower() not in evidence.lower
    )


def _whole(evidence: Evidence, span: Span, spans: Sequence[Span]) -> Span:
    """Return a given name alone right behind a title with the surname that follows it.

    Where nouns have capitals, the model may take an unknown surname for a noun, or a noun for a
    surname: kings and popes go by their given names.
    """
    tokens, language, last = evidence.tokens, evidence.language, span.last
    title = set(word_classes(tokens[span.first - 1].text, language)) if span.first else set()
    if {"regnal", "-regnal"} & title:
        is_noun = last - span.first == 2 and latin(tokens[last - 1].text) not in lexicon().given
        return span._replace(last=span.first + 1) if span.label == "PERSON" and is_noun else span
    if span.label != "PERSON" or last - span.first > 1 or not 0 < span.first < len(tokens) - 1:
        return span
    given, surname = tokens[span.first], tokens[last]
    is_titled = {"title", "-title"} & title
    is_name = (
        surname.text.istitle()
        and surname.text.isalpha()
        and surname.start == given.end + 1
        and last not in evidence.phrases
        and surname.text.lower() not in evidence.lower
        and not word_classes(surname.text, language)
        and not any(other.first <= last < other.last for other in spans)
        and not (last + 1 < len(tokens) and tokens[last + 1].text[0].isupper())
    )
    return Span(span.first, last + 1, span.label) if is_titled and is_name else span


def _surnames(evidence: Evidence, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the unmarked words that are the last name of a person who is named in full."""
    tokens, language = evidence.tokens, evidence.language
    taken = covered(spans)
    family = INFLECTED.get(language)
    surnames = {
        stem(latin(tokens[span.last - 1].text), family)
        if family
        else latin(tokens[span.last - 1].text)
        for span in spans
        if span.label == "PERSON" and span.last - span.first > 1
    }
    for at in evidence.capitals if surnames else ():
        token = tokens[at]
        if at in taken or len(token.text) < MIN_SURNAME or not token.text.istitle():
            continue
        key = latin(token.text)
        is_surname = (stem(key, family) if family else key) in surnames
        if is_surname and token.text.lower() not in evidence.lower:
            yield Span(at, at + 1, "PERSON")
