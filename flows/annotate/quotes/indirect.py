"""Reported words without marks: "Quill said that the bridge would open", "the bridge would open,
Quill said", "according to Quill".

Here: which of a sentence's reported clauses are given. Not here: where they begin and end
(`clauses`), who reports (`reports`), what counts as said (`said`); quotations in marks are
never given twice, and doubled apostrophes are plain text in a report.
"""

from __future__ import annotations

from flows.annotate.quotes.clauses import clause_of
from flows.annotate.quotes.endings import trim
from flows.annotate.quotes.interviews import colon_behind
from flows.annotate.quotes.marked import lies_in, typewritten
from flows.annotate.quotes.phrases import Phrase
from flows.annotate.quotes.questions import asked
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reported import MIN_TOKENS, Reported, is_plain, reported
from flows.annotate.quotes.reports import Source, is_agent, report_at
from flows.annotate.quotes.said import is_said
from flows.annotate.quotes.teasers import is_teaser
from flows.annotate.quotes.tokens import QUOTE, Sentence


def find_reported(reading: Reading, taken: frozenset[int]) -> tuple[list[Reported], list[Source]]:
    """Return the reported clauses in order, and the sources of all that is reported, said or not.

    No clause holds or runs into a marked stretch of `taken`. None overlaps another, but for what
    somebody else is reported to have said within it.
    """
    heard: list[Source] = []
    labelled, tokens = _labelled(reading, taken), reading.tokens
    silent = {sentence.paragraph for sentence, _ in labelled}
    found = [words for _, words in labelled]
    for sentence in reading.sentences:
        telling = reading.telling_in(sentence)
        if telling and sentence.paragraph not in silent:
            if is_teaser(reading.text, tokens[sentence.first].start):
                continue
            given: list[Reported] = []
            for words in (
                asked(reading, sentence, telling, taken),
                _in_sentence(reading, sentence, telling, taken, heard),
            ):
                given += [
                    one
                    for one in words
                    if all(one.end <= other.start or other.end <= one.start for other in given)
                ]
            found += given
    found.sort(key=lambda words: words.start)
    quoted = typewritten(reading.text)
    return [words for words in found if not lies_in(quoted, words.start)], heard


def _labelled(reading: Reading, taken: frozenset[int]) -> list[tuple[Sentence, Reported]]:
    """Return what stands behind a name and a colon: a headline ("Quill: Bridge is safe"), a turn in
    an interview ("QUILL: No.").
    """
    tokens, found = reading.tokens, []
    for number, sentence in enumerate(reading.sentences):
        opens = number == 0 or reading.sentences[number - 1].paragraph != sentence.paragraph
        colon = colon_behind(reading, sentence)
        if (
            not opens
            or colon is None
            or colon == sentence.first
            or colon + 1 >= sentence.last  # a dateline, a sentence of its own
            or not all(tokens[i].is_name for i in range(sentence.first, colon))
        ):
            continue
        headline = number == 0 and (
            _is_one_name(reading, sentence.first, colon)
            or tokens[colon - 1].low in reading.words["headlined"]
        )
        turn = (
            tokens[colon - 1].text.isupper()
            and reading.people.bearer(tokens[colon - 1].low) is not None
        )
        if not (headline or turn):
            continue
        first, last = trim(reading, colon + 1, reading.paragraph_end(colon))
        if last - first >= MIN_TOKENS and not any(
            tokens[i].kind == QUOTE and tokens[i].quote in taken for i in range(first, last)
        ):
            source = Source(Phrase(sentence.first, colon, colon - 1), None, "label")
            found.append((sentence, reported(reading, first, last, source)))
    return found


def _is_one_name(reading: Reading, first: int, last: int) -> bool:
    """Whether tokens `first:last` are one name, titles before it."""
    words = reading.words["titles"]
    while first < last - 1 and reading.tokens[first].low.rstrip(".") in words:
        first += 1
    name = reading.name_at.get(last - 1)
    return name is not None and reading.name_at.get(first) is name


def _in_sentence(
    reading: Reading,
    sentence: Sentence,
    telling: list[int],
    taken: frozenset[int],
    heard: list[Source],
) -> list[Reported]:
    """Return the reported clauses of one sentence, the sources of all reports added to `heard`; an
    attribution that stands behind its words goes before any inside them.
    """
    spans: list[tuple[int, int, Source]] = []
    for k in telling:
        span = _span_at(reading, sentence, k)
        if span is not None:
            heard.append(span[2])
        if (
            span is not None
            and is_plain(reading, span[0], span[1], sentence, taken)
            and is_said(reading, sentence, span[2], span[0], span[1])
        ):
            spans.append(span)
    spans.sort(key=lambda span: (_is_led(span[0], span[2]), span[0]))
    found: list[tuple[int, int, Source]] = []
    for first, last, source in spans:
        if all(last <= other[0] or first >= other[1] for other in found):
            found.append((first, last, source))
    found += [span for span in spans if span not in found and _is_nested(reading, span, found)]
    found.sort(key=lambda span: span[0])
    return [reported(reading, first, last, source) for first, last, source in found]


def _is_nested(
    reading: Reading, span: tuple[int, int, Source], found: list[tuple[int, int, Source]]
) -> bool:
    """Whether somebody else is reported to have said a clause within the words of a report: "Quill
    told the board that Thorne had said the crane was safe". A pronoun may be the outer speaker.
    """
    first, last, source = span
    head = reading.tokens[source.phrase.head].low
    is_led = source.cue is not None and source.phrase.last <= source.cue[0] < first
    if not is_led or source.pattern != "before" or head in reading.words["unresolved_pronouns"]:
        return False
    if source.phrase.antecedent is not None or not is_agent(reading, source.phrase):
        return False
    cue = reading.words.cues.get(reading.tokens[source.cue[0]].low) if source.cue else None
    if cue is None or cue.lemma not in reading.words["nested"]:
        return False
    return any(
        outer[0] <= source.phrase.first and last <= outer[1] and outer[2].phrase != source.phrase
        for outer in found
    )


def _is_led(first: int, source: Source) -> bool:
    """Whether the cue stands before the words it reports."""
    return source.cue is not None and source.cue[0] < first


def _span_at(reading: Reading, sentence: Sentence, k: int) -> tuple[int, int, Source] | None:
    """Return what the cue at token `k` reports, as tokens, with its source; None where it is no cue
    here or reports nothing.
    """
    source = report_at(reading, sentence.first, k, sentence.last)
    span = clause_of(reading, sentence, source) if source is not None else None
    return (*span, source) if span is not None and source is not None else None
