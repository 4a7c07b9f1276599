"""An interview or a transcript printed as labelled paragraphs: "The Echo: Why? / Ada Quill: It was
old." Each answer is a quotation of whoever its label names, without marks; "A:" is whom the text
before the labels names, where it names one person.

Not here: one running quotation with labels (`turns`), headlines with a colon (`indirect`).
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.annotate.languages.detect import ENGLISH
from flows.annotate.languages.load import load
from flows.annotate.quotes.endings import trim
from flows.annotate.quotes.general.interviews import is_interview
from flows.annotate.quotes.phrases import Phrase
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reports import Source
from flows.annotate.quotes.tokens import BREAK, Sentence

# Tokens of a label.
MAX_LABEL = 5
# Letters of a label in capitals that are no outlet's ("BBC:").
MIN_SURNAME = 4


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says in an interview, at characters `start:end`. `source` is None where
    nobody knows who answers; `is_person` is false for questions of an outlet.
    """

    start: int
    end: int
    paragraph: int
    source: Source | None
    is_person: bool


@dataclass(frozen=True, slots=True)
class _Label:
    """Tokens `first:colon` that open a paragraph, of which `first:last` are the name, and the words
    of the name. A role may stand between ("ADA QUILL, mayor:").
    """

    first: int
    last: int
    colon: int
    paragraph: int
    key: str


def find_turns(reading: Reading) -> list[Turn]:
    """Return the turns in order, none where the text is no interview; an outlet's questions
    are turns, but nobody's words.

    An answer runs on through paragraphs without a label up to the next label; the last one ends
    with its own paragraph.
    """
    labels = _labels(reading)
    if not is_interview([_caller(reading, label) for label in labels]):
        return []
    tokens, spans = reading.tokens, []
    for number, label in enumerate(labels):
        if number + 1 < len(labels):
            last = labels[number + 1].first - 1
        else:
            last = reading.paragraph_end(label.colon)
        start, stop = trim(reading, label.colon + 1, last)
        while stop > start and tokens[stop - 1].kind == BREAK:
            stop -= 1
        if stop > start:
            end = tokens[stop - 1].end
            end += reading.text[end : end + 1] in (".", "?", "!", "…")
            spans.append((label, tokens[start].start, end))
    surnames = {
        _caller(reading, label)
        for label in labels
        if label.last - label.first > 1 and _caller(reading, label) != label.key
    }
    asking = {label.key for label, _, _ in spans} - {
        label.key for label, _, end in spans if reading.text[end - 1] != "?"
    }
    asking |= {label.key for label in labels} & load(ENGLISH).questions
    answering = _interviewee(reading, tokens[labels[0].first].start)
    english, turns = load(ENGLISH), []
    for label, start, end in spans:
        source: Source | None = Source(
            Phrase(label.first, label.last, label.last - 1), None, "label"
        )
        is_person = label.key not in english.questions and (
            _is_person(reading, label, asking)
            or (label.key in surnames and label.key not in asking)
        )
        if label.key in english.answers:
            source, is_person = answering, True
        turns.append(Turn(start, end, label.paragraph, source, is_person))
    return turns


def colon_behind(reading: Reading, sentence: Sentence) -> int | None:
    """Return the colon among the first tokens of a sentence, where a label may stand before it."""
    stop = min(sentence.last, sentence.first + MAX_LABEL + 1)
    return reading.colon_in(sentence.first, stop)


def _labels(reading: Reading) -> list[_Label]:
    """Return the label of each paragraph that opens with one: names and a colon, "Q." or "A."."""
    tokens, found, paragraph = reading.tokens, [], -1
    for sentence in reading.sentences:
        if sentence.paragraph == paragraph:
            continue
        paragraph, first = sentence.paragraph, sentence.first
        if tokens[first].text in ("Q.", "A."):
            found.append(_Label(first, first, first, paragraph, tokens[first].low[0]))
            continue
        colon = colon_behind(reading, sentence)
        if (
            colon is not None
            and colon > first
            and colon + 1 < len(tokens)
            and tokens[colon + 1].kind != BREAK
            and (last := _name_end(reading, first, colon)) > first
        ):
            key = " ".join(t.low for t in tokens[first:last])
            found.append(_Label(first, last, colon, paragraph, key))
    return found


def _caller(reading: Reading, label: _Label) -> str:
    """Return the words by which turns of one person are known: the surname of a name in capitals,
    which transcripts print in full once ("ADA QUILL, mayor:", "QUILL:").
    """
    is_loud = all(token.text.isupper() for token in reading.tokens[label.first : label.last])
    return label.key.rpartition(" ")[2] if is_loud else label.key


def _name_end(reading: Reading, first: int, colon: int) -> int:
    """Return where the name of a label ends: at its colon, or at a comma before what somebody in
    capitals is; `first` where the words before the colon are no name.
    """
    tokens = reading.tokens
    last = next((i for i in range(first, colon) if tokens[i].text == ","), colon)
    titles = reading.words["titles"]
    is_name = all(t.is_name or t.low.rstrip(".") in titles for t in tokens[first:last])
    is_loud = last == colon or all(t.text.isupper() for t in tokens[first:last])
    return last if is_name and is_loud else first


def _interviewee(reading: Reading, offset: int) -> Source | None:
    """Return the only person whom the text names before character `offset`, None for none or
    several.
    """
    people = {n.full for n in reading.people.within(0, offset) if n.label == "PERSON"}
    at = [i for i, name in reading.name_at.items() if name.full in people]
    if len(people) != 1:
        return None
    first = last = min(at)
    while reading.name_at.get(last + 1) is reading.name_at[first]:
        last += 1
    return Source(Phrase(first, last + 1, last), None, "label")


def _is_person(reading: Reading, label: _Label, asking: set[str]) -> bool:
    """Whether a label is somebody; one of those that only ask (`asking`) needs a given name, since
    most are outlets.
    """
    known = reading.words.male | reading.words.female
    if label.key in asking:
        full = reading.people.bearer(label.key) or label.key
        return full.lower().split()[0] in known
    name = reading.name_at.get(label.last - 1)
    if name is not None:
        return name.label == "PERSON"
    first = reading.tokens[label.first]
    is_long = label.last - label.first > 1 or len(first.text) >= MIN_SURNAME
    if first.text.isupper() and ((asking and is_long) or first.low in known):
        return True  # "ADA QUILL:", "QUILL:", whom the text names nowhere else
    return reading.people.bearer(reading.tokens[label.last - 1].low) is not None
