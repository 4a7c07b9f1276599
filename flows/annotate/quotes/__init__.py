"""Quotations of one text: their spans, who said them, and by which words the text says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flows.annotate.languages.detect import ENGLISH
from flows.annotate.languages.load import load
from flows.annotate.model import Mention, Quote
from flows.annotate.quotes.antecedents import (
    Heard,
    is_nothing_said,
    is_pronoun,
    role_before,
    stands_for,
)
from flows.annotate.quotes.carry_over import attribute
from flows.annotate.quotes.filters import is_predicate, is_quotation, kind_of
from flows.annotate.quotes.general.find import find as find_in_language
from flows.annotate.quotes.indirect import find_reported
from flows.annotate.quotes.interviews import find_turns
from flows.annotate.quotes.marked import lies_in, without_backquotes
from flows.annotate.quotes.naming import Speaker, name_speaker
from flows.annotate.quotes.reading import Reading, read
from flows.annotate.quotes.replies import asked_person
from flows.annotate.quotes.reports import Source
from flows.annotate.quotes.salience import Salience

__all__ = ["find_quotes"]

# Characters behind a speaker's phrase in which the name may stand that explains it: "the mayor, Ada
# Quill, said".
NAMED_BEHIND = 40


def find_quotes(
    text: str, mentions: Sequence[Mention], language: str = ENGLISH
) -> tuple[Quote, ...]:
    """Return the quotations of `text` in order of `start`. No text raises.

    `mentions` are the entities found in the same text, `language` is its ISO 639-1 code. Spans
    leave the marks out. `speaker` is None where nobody can be known, and in languages that have no
    folder of their own.
    """
    if language != ENGLISH:  # the one language with a grammar of its own
        return find_in_language(text, mentions, load(language))
    reading = read(without_backquotes(text), mentions)
    sources = {
        i: source
        for i, source in attribute(reading).items()
        if source.pattern != "subject" or not is_predicate(reading, reading.marked[i])
    }
    turns = find_turns(reading)
    answers = [(turn.start, turn.end) for turn in turns]
    kept = {
        i: sources.get(i)
        for i, mark in enumerate(reading.marked)
        if is_quotation(reading, mark, sources.get(i)) and not lies_in(answers, mark.outer_start)
    }
    reported, heard = find_reported(reading, frozenset(kept))
    spans = [
        Words(m.start, m.end, kind_of(reading, i), kept[i])
        for i, m in enumerate(reading.marked)
        if i in kept
    ]
    spans += [
        Words(r.start, r.end, "indirect", r.source)
        for r in reported
        if not any(r.start < end and start < r.end for start, end in answers)
    ]
    spans += [Words(t.start, t.end, "direct", t.source) for t in turns if t.is_person]
    spans.sort(key=lambda w: w.start)
    speakers = _name_all(reading, spans, heard)
    return tuple(
        _quote(reading, text, words, speakers.get(i))
        for i, words in enumerate(spans)
        if words.kind != "indirect" or not is_nothing_said(reading, words.source, speakers.get(i))
    )


@dataclass(frozen=True, slots=True)
class Words:
    """Somebody's words at characters `start:end`, their kind, and why they are somebody's."""

    start: int
    end: int
    kind: str
    source: Source | None


def _name_all(reading: Reading, spans: list[Words], heard: list[Source]) -> dict[int, Speaker]:
    """Name the speakers in the order in which the text gives them, so that each pronoun sees those
    before it. Those of `heard` name nobody's words here, but show whom the text speaks of.
    """
    salience = Salience(reading)
    ordered = [
        (words.source.phrase.first, i, words.source)
        for i, words in enumerate(spans)
        if words.source is not None
    ]
    ordered += [(source.phrase.first, -1, source) for source in heard]
    ordered.sort(key=lambda o: o[:2])
    found: dict[int, Speaker] = {}
    last: tuple[int, Speaker, Source] | None = None
    before: Heard | None = None
    sentence = 0
    for first, i, source in ordered:
        if last is not None and last[0] == source.phrase.head:
            found[i] = last[1]
            continue
        while sentence + 1 < len(reading.sentences) and reading.sentences[sentence].last <= first:
            sentence += 1
        salience.reach(sentence, reading.tokens[first].start)
        speaker = name_speaker(reading, source.phrase, salience)
        asked = asked_person(reading, last[2], last[1].name, source) if last is not None else None
        if asked is not None:
            speaker = replace(speaker, name=asked)
        if is_pronoun(reading, source.phrase):
            for one in (before, before.outer) if before is not None else ():
                if one and (name := stands_for(reading, source.phrase, one, sentence)):
                    speaker, before = replace(speaker, name=name), replace(one, sentence=sentence)
                    break
        elif speaker.name is None:
            speaker = replace(speaker, name=role_before(reading, source.phrase, before, sentence))
        else:
            is_inner = before is not None and before.sentence == sentence
            outer = (before.outer or before) if before is not None and is_inner else None
            before = Heard(source, speaker, sentence, outer)
        if speaker.name is not None and speaker.name in {
            n.full for n in reading.people.within(speaker.start, speaker.end + NAMED_BEHIND)
        }:
            salience.speaks(speaker.name)
        found[i], last = speaker, (source.phrase.head, speaker, source)
    return found


def _quote(reading: Reading, text: str, words: Words, speaker: Speaker | None) -> Quote:
    source, said = words.source, text[words.start : words.end]
    if source is None or speaker is None:
        return Quote(words.start, words.end, said, words.kind)
    cue = (
        text[reading.tokens[source.cue[0]].start : reading.tokens[source.cue[1] - 1].end]
        if source.cue
        else None
    )
    return Quote(
        start=words.start,
        end=words.end,
        text=said,
        kind=words.kind,
        speaker=speaker.name,
        speaker_surface=text[speaker.start : speaker.end],
        speaker_start=speaker.start,
        speaker_end=speaker.end,
        cue=cue,
        pattern=source.pattern,
    )
