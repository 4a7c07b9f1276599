"""Questions that somebody is reported to have put: "was asked by Quill whether the bridge would
open".

Not here: reports with a subject before their verb (`indirect`).
"""

from __future__ import annotations

from flows.annotate.quotes.appositions import has_verb
from flows.annotate.quotes.endings import phrase_end, trim
from flows.annotate.quotes.phrases import phrase_beginning
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reported import Reported, is_plain, reported
from flows.annotate.quotes.reports import Source
from flows.annotate.quotes.tokens import WORD, Sentence

# Words between "asked" and its question ("asked by reporters on Monday whether").
MAX_QUESTION = 10


def asked(
    reading: Reading, sentence: Sentence, telling: list[int], taken: frozenset[int]
) -> list[Reported]:
    """Return what a named asker asked somebody ("was asked by Quill whether ...")."""
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
        if asker is None:
            continue
        is_topic = tokens[first].low == "about"
        first += is_topic
        last = phrase_end(reading, first, sentence.last)
        if is_topic and not has_verb(reading, first, last):
            continue  # "asked by Quill about the crane"
        first, last = trim(reading, first, last)
        if is_plain(reading, first, last, sentence, taken):
            found.append(reported(reading, first, last, Source(asker, (k, k + 1), "before")))
    return found
