"""Quotations of one text: their spans, who said them, and by which words the text says so."""

from __future__ import annotations

from collections.abc import Sequence

from flows.annotate.model import Mention, Quote
from flows.annotate.quotes.filters import is_quotation, kind_of
from flows.annotate.quotes.naming import Speaker, name_speaker
from flows.annotate.quotes.reading import Reading, read
from flows.annotate.quotes.salience import Salience
from flows.annotate.quotes.speakers import Source, attribute

__all__ = ["find_quotes"]


def find_quotes(text: str, mentions: Sequence[Mention]) -> tuple[Quote, ...]:
    """Return the quotations of `text` in order of `start`; `mentions` are the entities found in the same text.

    Spans leave the marks out. Any text will do, and none raises; `speaker` is None where nobody can be known.
    """
    reading = read(text, mentions)
    sources = attribute(reading)
    kept = {i: sources.get(i) for i, mark in enumerate(reading.marked) if is_quotation(reading, mark, sources.get(i))}
    speakers = _name_all(reading, kept)
    return tuple(_quote(reading, i, source, speakers.get(i)) for i, source in kept.items())


def _name_all(reading: Reading, sources: dict[int, Source | None]) -> dict[int, Speaker]:
    """Name the speakers in the order in which the text gives them, so that each pronoun sees those before it."""
    salience = Salience(reading)
    ordered = sorted((source.phrase.first, i, source) for i, source in sources.items() if source is not None)
    found: dict[int, Speaker] = {}
    last: tuple[int, Speaker] | None = None
    sentence = 0
    for first, i, source in ordered:
        if last is not None and last[0] == source.phrase.head:
            found[i] = last[1]
            continue
        while sentence + 1 < len(reading.sentences) and reading.sentences[sentence].last <= first:
            sentence += 1
        salience.reach(sentence, reading.tokens[first].start)
        speaker = name_speaker(reading, source.phrase, salience)
        if speaker.name is not None and speaker.name in {n.full for n in reading.people.within(speaker.start, speaker.end)}:
            salience.speaks(speaker.name)
        found[i], last = speaker, (source.phrase.head, speaker)
    return found


def _quote(reading: Reading, i: int, source: Source | None, speaker: Speaker | None) -> Quote:
    mark, text = reading.marked[i], reading.text
    if source is None or speaker is None:
        return Quote(mark.start, mark.end, text[mark.start : mark.end], kind_of(reading, mark))
    cue = text[reading.tokens[source.cue[0]].start : reading.tokens[source.cue[1] - 1].end] if source.cue else None
    return Quote(
        start=mark.start,
        end=mark.end,
        text=text[mark.start : mark.end],
        kind=kind_of(reading, mark),
        speaker=speaker.name,
        speaker_surface=text[speaker.start : speaker.end],
        speaker_start=speaker.start,
        speaker_end=speaker.end,
        cue=cue,
        pattern=source.pattern,
    )
