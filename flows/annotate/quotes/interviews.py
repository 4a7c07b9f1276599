"""An interview or a transcript printed as labelled paragraphs: "The Echo: Why? / Ada Quill: It was
old." Each answer is a quotation of whoever its label names, without marks.

Not here: one running quotation with labels (`turns`), headlines with a colon (`indirect`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flows.annotate.quotes.endings import trim
from flows.annotate.quotes.phrases import Phrase
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reports import Source
from flows.annotate.quotes.tokens import BREAK

# Tokens of a label.
MAX_LABEL = 5
# Labelled paragraphs that make an interview; one label must come back.
MIN_TURNS = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says in an interview, at characters `start:end`."""

    start: int
    end: int
    paragraph: int
    source: Source
    is_person: bool


def find_turns(reading: Reading) -> list[Turn]:
    """Return the turns in order, none where the text is no interview; an outlet's questions
    are turns, but nobody's words.

    An answer runs on through paragraphs without a label up to the next label; the last one ends
    with its own paragraph.
    """
    labels = _labels(reading)
    counts = Counter(_key(reading, first, colon) for first, colon, _ in labels)
    if len(labels) < MIN_TURNS or len(counts) < 2 or max(counts.values()) < 2:
        return []
    tokens, turns = reading.tokens, []
    for number, (first, colon, paragraph) in enumerate(labels):
        if number + 1 < len(labels):
            last = labels[number + 1][0] - 1
        else:
            last = next(i for i in range(colon, len(tokens)) if tokens[i].kind == BREAK)
        start, stop = trim(reading, colon + 1, last)
        while stop > start and tokens[stop - 1].kind == BREAK:
            stop -= 1
        if stop > start:
            end = tokens[stop - 1].end
            end += reading.text[end : end + 1] in (".", "?", "!", "…")
            source = Source(Phrase(first, colon, colon - 1), None, "label")
            is_person = _is_person(reading, colon)
            turns.append(Turn(tokens[start].start, end, paragraph, source, is_person))
    return turns


def _labels(reading: Reading) -> list[tuple[int, int, int]]:
    """Return (first token, its colon, paragraph) of each paragraph that opens with a label."""
    tokens, found, paragraph = reading.tokens, [], -1
    for sentence in reading.sentences:
        if sentence.paragraph == paragraph:
            continue
        paragraph = sentence.paragraph
        stop = min(sentence.last, sentence.first + MAX_LABEL + 1)
        colon = next((i for i in range(sentence.first, stop) if tokens[i].text == ":"), None)
        if (
            colon is not None
            and colon > sentence.first
            and colon + 1 < len(tokens)
            and tokens[colon + 1].kind != BREAK
            and all(
                t.is_name or t.low.rstrip(".") in reading.words["titles"]
                for t in tokens[sentence.first : colon]
            )
        ):
            found.append((sentence.first, colon, paragraph))
    return found


def _key(reading: Reading, first: int, colon: int) -> str:
    return " ".join(t.low for t in reading.tokens[first:colon])


def _is_person(reading: Reading, colon: int) -> bool:
    name = reading.name_at.get(colon - 1)
    if name is not None:
        return name.label == "PERSON"
    return reading.people.bearer(reading.tokens[colon - 1].low) is not None
