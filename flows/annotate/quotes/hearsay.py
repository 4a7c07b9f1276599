"""Reported words whose source the text need not name: "the bridge is expected to open", "asked
whether the bridge would open".

Not here: reports with a subject (`indirect`).
"""

from __future__ import annotations

from flows.annotate.quotes.endings import phrase_end, trim
from flows.annotate.quotes.phrases import phrase_beginning
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reported import Reported, is_plain, reported
from flows.annotate.quotes.reports import Source
from flows.annotate.quotes.subjects import subject_before
from flows.annotate.quotes.tokens import WORD, Sentence

# Words between "asked" and its question ("asked by reporters on Monday whether").
MAX_QUESTION = 10


def hearsay(
    reading: Reading, sentence: Sentence, telling: list[int], taken: frozenset[int]
) -> list[Reported]:
    """Return what is expected or said of somebody by nobody named: "the bridge is expected to open
    in May"; it has no source.
    """
    tokens, words, found = reading.tokens, reading.words, []
    for k in telling:
        if (
            tokens[k].low not in words["hearsay"]
            or not sentence.first + 1 < k < sentence.last - 2
            or tokens[k + 1].low != "to"
        ):
            continue
        be = k - 1
        while be > sentence.first and reading.is_adverb(be):
            be -= 1
        subject = (
            subject_before(reading, sentence.first, k) if tokens[be].low in words["be"] else None
        )
        if subject is None or subject.antecedent is not None:
            continue
        last = phrase_end(reading, k, sentence.last)
        first, last = trim(reading, subject.first, last)
        if is_plain(reading, first, last, sentence, taken):
            found.append(reported(reading, first, last, None))
    return found


def asked(
    reading: Reading, sentence: Sentence, telling: list[int], taken: frozenset[int]
) -> list[Reported]:
    """Return what somebody was asked ("Asked on Monday whether the bridge would open, ..."), with
    the asker where a "by" names one.
    """
    tokens, words, found = reading.tokens, reading.words, []
    for k in telling:
        if tokens[k].low != "asked" or not (
            k == sentence.first
            or tokens[k - 1].low in words["be"]
            or tokens[k - 1].low in ("when", "if")
        ):
            continue
        limit = min(k + MAX_QUESTION, sentence.last - 1)
        first = next((i for i in range(k + 1, limit) if tokens[i].low in words["questions"]), None)
        if first is None or any(
            tokens[i].kind != WORD or tokens[i].low == "to" for i in range(k + 1, first)
        ):
            continue
        asker = phrase_beginning(reading, k + 1, first) if tokens[k + 1].low == "by" else None
        first += tokens[first].low == "about"
        last = phrase_end(reading, first, sentence.last)
        first, last = trim(reading, first, last)
        if is_plain(reading, first, last, sentence, taken):
            source = Source(asker, (k, k + 1), "before") if asker is not None else None
            found.append(reported(reading, first, last, source))
    return found
