"""Reported words without marks: "Quill said that the bridge would open", "the bridge would open, Quill said", "according to Quill".

Here: which of a sentence's reported clauses are given. Not here: where they begin and end (`clauses`), who reports (`reports`);
quotations in marks are never given twice.
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.annotate.quotes.attitudes import attitude_at
from flows.annotate.quotes.clauses import clause_of, trim
from flows.annotate.quotes.marked import lies_in, typewritten
from flows.annotate.quotes.phrases import Phrase
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reports import Source, report_at
from flows.annotate.quotes.subjects import subject_before
from flows.annotate.quotes.teasers import is_teaser
from flows.annotate.quotes.tokens import BREAK, QUOTE, Sentence

FEWEST_TOKENS = 2
# Tokens of a name before a colon.
LONGEST_LABEL = 5


@dataclass(frozen=True, slots=True)
class Reported:
    """Reported words at characters `start:end`, and their source, None where the text names nobody ("is expected to")."""

    start: int
    end: int
    source: Source | None


def find_reported(reading: Reading, taken: frozenset[int]) -> list[Reported]:
    """Return reported clauses in order; none holds or runs into a marked stretch of `taken`, none overlaps another."""
    labelled, tokens, words = _labelled(reading, taken), reading.tokens, reading.words.telling
    silent = {sentence.paragraph for sentence, _ in labelled}
    found = [reported for _, reported in labelled]
    for sentence in reading.sentences:
        if sentence.paragraph not in silent:
            if is_teaser(reading.text, tokens[sentence.first].start):
                continue
            telling = [k for k, token in enumerate(tokens[sentence.first : sentence.last], sentence.first) if token.low in words]
            reported = _in_sentence(reading, sentence, telling, taken)
            found += reported
            found += [h for h in _hearsay(reading, sentence, telling, taken) if all(h.end <= r.start or r.end <= h.start for r in reported)]
    found.sort(key=lambda reported: reported.start)
    quoted = typewritten(reading.text)
    return [reported for reported in found if not lies_in(quoted, reported.start)]


def _labelled(reading: Reading, taken: frozenset[int]) -> list[tuple[Sentence, Reported]]:
    """Return what stands behind a name and a colon: a headline ("Quill: Bridge is safe"), a turn in an interview ("QUILL: No.")."""
    tokens, found = reading.tokens, []
    surnames = {name.full.split()[-1].lower() for name in reading.people.names if name.label == "PERSON" and name.full.strip()}
    for number, sentence in enumerate(reading.sentences):
        opens = number == 0 or reading.sentences[number - 1].paragraph != sentence.paragraph
        colon = next(
            (i for i in range(sentence.first, min(sentence.last, sentence.first + LONGEST_LABEL + 1)) if tokens[i].text == ":"), None
        )
        if not opens or colon is None or colon == sentence.first or not all(tokens[i].is_name for i in range(sentence.first, colon)):
            continue
        headline = number == 0 and (colon - 1 in reading.name_at or tokens[colon - 1].low in reading.words["documents"])
        turn = tokens[colon - 1].text.isupper() and tokens[colon - 1].low in surnames
        if not (headline or turn):
            continue
        last = next(i for i in range(sentence.first, len(tokens)) if tokens[i].kind == BREAK)
        first, last = trim(reading, colon + 1, last)
        if last - first >= FEWEST_TOKENS and not any(tokens[i].kind == QUOTE and tokens[i].quote in taken for i in range(first, last)):
            source = Source(Phrase(sentence.first, colon, colon - 1), None, "label")
            found.append((sentence, Reported(tokens[first].start, tokens[last - 1].end, source)))
    return found


def _in_sentence(reading: Reading, sentence: Sentence, telling: list[int], taken: frozenset[int]) -> list[Reported]:
    """Return the reported clauses of one sentence; an attribution that stands behind its words goes before any inside them."""
    tokens, cues = reading.tokens, reading.words.cues
    nouns, adjectives = reading.words.holding_nouns, reading.words.holding_adjectives
    spans: list[tuple[int, int, Source]] = []
    for k in telling:
        if tokens[k].low in cues or tokens[k].low == "according":
            span = _span_at(reading, sentence, k)
            if span is not None and _is_plain(reading, span[0], span[1], sentence, taken):
                spans.append(span)
        if tokens[k].low in nouns or tokens[k].low in adjectives:
            span = attitude_at(reading, sentence, k)
            if span is not None and _is_plain(reading, span[0], span[1], sentence, taken):
                spans.append(span)
    spans.sort(key=lambda span: (_is_led(span[0], span[2]), span[0]))
    found: list[tuple[int, int, Source]] = []
    for first, last, source in spans:
        if all(last <= other[0] or first >= other[1] for other in found):
            found.append((first, last, source))
    found.sort(key=lambda span: span[0])
    return [Reported(tokens[first].start, tokens[last - 1].end, source) for first, last, source in found]


def _hearsay(reading: Reading, sentence: Sentence, telling: list[int], taken: frozenset[int]) -> list[Reported]:
    """Return what is expected or said of somebody by nobody named: "the bridge is expected to open in May"; it has no source."""
    tokens, words, found = reading.tokens, reading.words, []
    for k in telling:
        if tokens[k].low not in words["hearsay"] or not sentence.first + 1 < k < sentence.last - 2 or tokens[k + 1].low != "to":
            continue
        be = k - 1
        while be > sentence.first and reading.is_adverb(be):
            be -= 1
        subject = subject_before(reading, sentence.first, k) if tokens[be].low in words["be"] else None
        if subject is None or subject.antecedent is not None:
            continue
        last = next(
            (i for i in range(k, sentence.last) if tokens[i].text in (",", ";", "—", "–") or tokens[i].kind == QUOTE), sentence.last
        )
        first, last = trim(reading, subject.first, last)
        if _is_plain(reading, first, last, sentence, taken):
            found.append(Reported(tokens[first].start, tokens[last - 1].end, None))
    return found


def _is_led(first: int, source: Source) -> bool:
    """Whether the cue stands before the words it reports."""
    return source.cue is not None and source.cue[0] < first


def _is_plain(reading: Reading, first: int, last: int, sentence: Sentence, taken: frozenset[int]) -> bool:
    """Whether tokens `first:last` are words enough, with no quotation in them or right at their end."""
    tokens = reading.tokens
    if last - first < FEWEST_TOKENS:
        return False
    if tokens[first].low in reading.words["auxiliaries"]:
        return False  # "... who said is gone": the words stand before
    runs_on = last < sentence.last and tokens[last].kind == QUOTE
    inside = any(tokens[i].kind == QUOTE and tokens[i].quote in taken for i in range(first, last + runs_on))
    return not inside and "''" not in reading.text[tokens[first].start : tokens[last - 1].end]


def _span_at(reading: Reading, sentence: Sentence, k: int) -> tuple[int, int, Source] | None:
    """Return what the cue at token `k` reports, as tokens, with its source; None where it is no cue here or reports nothing."""
    source = report_at(reading, sentence.first, k, sentence.last)
    span = clause_of(reading, sentence, source) if source is not None else None
    return (*span, source) if span is not None and source is not None else None
