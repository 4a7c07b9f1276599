"""Who says each quotation of a text: first by its own sentence, then by the sentences and
paragraphs around it.

Not here: the patterns within a sentence (`speakers`), how a neighbouring sentence names somebody
(`introducing`).
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.annotate.quotes.introducing import introduced_after, introduced_before, signed_below
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.replies import is_cue_of
from flows.annotate.quotes.reports import Source
from flows.annotate.quotes.speakers import WEAK, speaker_in_sentence
from flows.annotate.quotes.tokens import QUOTE, WORD, Sentence

# Tokens of a sentence that tells what a speaker does ("She shook her head."), its stop included.
MAX_GESTURE = 7

UNSHARED = (*WEAK, "signed")
"""Patterns of sources that hold for their own quotation alone."""


def attribute(reading: Reading) -> dict[int, Source]:
    """Return the source of each marked stretch that has one, by its index in `reading.marked`."""
    found: dict[int, Source] = {}
    for sentence in reading.sentences:
        inside = reading.quotations_in(sentence)
        for at in inside:
            source = speaker_in_sentence(reading, sentence, inside, at, found)
            if source is not None:
                found[reading.tokens[at].quote] = source
        if len(inside) > 1:
            _share(reading, inside, found)
    _between_sentences(reading, found)
    return found


def _share(reading: Reading, inside: list[int], found: dict[int, Source]) -> None:
    """Give the quotations of one sentence that found nobody the source of the nearest later one
    that did.
    """
    for position in range(len(inside) - 2, -1, -1):
        mine, later = (
            reading.tokens[inside[position]].quote,
            reading.tokens[inside[position + 1]].quote,
        )
        if mine not in found and later in found and found[later].pattern not in UNSHARED:
            found[mine] = Source(found[later].phrase, found[later].cue, "shared")


@dataclass(slots=True)
class _Before:
    """What stands before a sentence: the last one, the source of a quotation in it, the last source
    in the same paragraph.
    """

    sentence: Sentence | None = None
    source: Source | None = None
    paragraph_source: Source | None = None


def _between_sentences(reading: Reading, found: dict[int, Source]) -> None:
    """Give sentences that are nothing but quotations a speaker from the sentences around them."""
    before = _Before()
    for number, sentence in enumerate(reading.sentences):
        if before.sentence is not None and before.sentence.paragraph != sentence.paragraph:
            before.paragraph_source = None
        inside = reading.quotations_in(sentence)
        bare = bool(inside) and all(
            reading.tokens[i].kind != WORD for i in range(sentence.first, sentence.last)
        )
        if bare:
            source = (
                signed_below(reading, number, sentence)
                or introduced_after(reading, number)
                or _carried(reading, number, before, found)
            )
            for i in inside:
                if source is not None:
                    found.setdefault(reading.tokens[i].quote, source)
        elif (
            inside
            and before.source is not None
            and before.sentence is not None
            and before.sentence.paragraph == sentence.paragraph
        ):
            _carry_into(reading, sentence, inside, before.source, found)
        before.sentence = sentence
        before.source = found.get(reading.tokens[inside[-1]].quote) if inside else None
        before.paragraph_source = before.source or before.paragraph_source


def _carry_into(
    reading: Reading,
    sentence: Sentence,
    inside: list[int],
    source: Source,
    found: dict[int, Source],
) -> None:
    """Give quotations among the reporter's words the source of the sentence before: the one that
    opens its sentence, others weakly.
    """
    for at in inside:
        quote = reading.tokens[at].quote
        if at == sentence.first and (quote not in found or found[quote].pattern in WEAK):
            found[quote] = Source(source.phrase, source.cue, "carried")
        elif quote not in found:
            found[quote] = Source(source.phrase, source.cue, "carried-into")


def _carried(
    reading: Reading, number: int, before: _Before, found: dict[int, Source]
) -> Source | None:
    """Return the source of a sentence that is only a quotation, from what stands before it, or from
    the next quotation.
    """
    sentence, last = reading.sentences[number], before.sentence
    same = last is not None and last.paragraph == sentence.paragraph
    if same and before.source is not None:
        return Source(before.source.phrase, before.source.cue, "carried")
    following = _next_source(reading, number, sentence, found)
    if following is not None or last is None:
        return following
    if same or reading.tokens[last.last - 1].text == ":":
        intro = introduced_before(reading, last, found)
        plain = intro is not None and (intro.cue is not None or intro.phrase.first == last.first)
        if intro is not None and (
            before.paragraph_source is None or (plain and _is_one_person(reading, intro))
        ):
            return intro
        if before.paragraph_source is not None:
            return Source(before.paragraph_source.phrase, before.paragraph_source.cue, "carried")
    if before.source is not None:
        return Source(before.source.phrase, before.source.cue, "carried-over")
    intro = None if same else introduced_before(reading, last, found)
    if intro is not None and is_cue_of(reading, intro, "asking"):
        return None  # whoever answers on the next line is somebody else
    if intro is None or not _is_one_person(reading, intro):
        return None
    return intro if intro.cue is not None or _is_gesture(reading, last, intro) else None


def _is_gesture(reading: Reading, sentence: Sentence, source: Source) -> bool:
    """Whether a sentence tells no more than what he or she did between two quotations: "She
    paused."
    """
    is_short = sentence.last - sentence.first <= MAX_GESTURE
    opens = source.phrase.first == sentence.first
    return is_short and opens and reading.tokens[sentence.first].low in ("he", "she")


def _is_one_person(reading: Reading, source: Source) -> bool:
    """Whether the source is a person by name or pronoun, not "they" or "the boats"."""
    head, name = reading.tokens[source.phrase.head], reading.name_at.get(source.phrase.head)
    return head.low in ("he", "she", "i") or (name is not None and name.label == "PERSON")


def _next_source(
    reading: Reading, number: int, sentence: Sentence, found: dict[int, Source]
) -> Source | None:
    """Return the source of the next quotation in the same paragraph, where that sentence begins
    with it.
    """
    for later in reading.sentences[number + 1 : number + 4]:
        if later.paragraph != sentence.paragraph:
            return None
        first = reading.tokens[later.first]
        if first.kind != QUOTE:
            return None
        source = found.get(first.quote)
        if source is not None:
            return (
                Source(source.phrase, source.cue, "next")
                if source.pattern in ("after", "inverted", "according-to")
                else None
            )
    return None
