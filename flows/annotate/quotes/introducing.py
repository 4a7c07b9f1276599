"""Who says a quotation that stands alone, by the sentence before or behind it, or by the name on
the line below.

Not here: speakers carried on from other quotations (`carrying`).
"""

from __future__ import annotations

from flows.annotate.quotes.clause_subjects import clause_subject
from flows.annotate.quotes.phrases import Phrase, phrase_beginning
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reports import Source, is_agent, report_at
from flows.annotate.quotes.tokens import BREAK, QUOTE, Sentence

# Tokens of a line that is nothing but a name and a role.
MAX_SIGNATURE = 14
# Tokens into a sentence within which it says whose the words before it were ("Those were the last
# words of").
MAX_NOUN = 8


def signed_below(reading: Reading, number: int, sentence: Sentence) -> Source | None:
    """Return the person whose name and role stand alone on the line below a quotation that stands
    alone on its own.

    Behind a dash an office may stand before the name, and anything after a comma.
    """
    if number + 1 >= len(reading.sentences):
        return None
    below, tokens, words = reading.sentences[number + 1], reading.tokens, reading.words
    if below.paragraph != sentence.paragraph + 1 or below.last - below.first > MAX_SIGNATURE:
        return None
    first = below.first
    dash = tokens[first].text in ("-", "–", "—", "―")
    if dash:
        first += 1
        while (
            first + 1 < below.last
            and first not in reading.name_at
            and tokens[first].low.rstrip(".") in words["titles"]
        ):
            first += 1
    name = reading.name_at.get(first)
    if (
        name is None
        or name.label != "PERSON"
        or any(t.kind == QUOTE for t in tokens[below.first : below.last])
    ):
        return None
    if not dash and any(
        t.low in words.cues or t.low in words["auxiliaries"]
        for t in tokens[below.first : below.last]
    ):
        return None
    last = first
    while last < below.last and reading.name_at.get(last) is name:
        last += 1
    alone = tokens[below.last].kind == BREAK and (
        last == below.last or tokens[last].text in (",", ".")
    )
    return Source(Phrase(first, last, last - 1), None, "signed") if alone else None


def introduced_before(reading: Reading, last: Sentence, found: dict[int, Source]) -> Source | None:
    """Return the speaker whom the sentence before introduces: the subject of its first verb of
    speech, of another cue, or its own.
    """
    tokens, cues = reading.tokens, reading.words.cues
    quoted = any(
        tokens[i].kind == QUOTE and tokens[i].quote in found for i in range(last.first, last.last)
    )
    if quoted and tokens[last.last - 1].text != ":":
        return None
    for kind in ("speech", "stance"):
        for k in range(last.first, last.last):
            if tokens[k].low in cues and kind in cues[tokens[k].low].kinds:
                source = report_at(reading, last.first, k, last.last)
                if source is not None:
                    return Source(source.phrase, source.cue, "sentence-before")
    subject = clause_subject(reading, last.first, last.last)
    return (
        Source(subject, None, "sentence-before")
        if subject is not None and is_agent(reading, subject)
        else None
    )


def introduced_after(reading: Reading, number: int) -> Source | None:
    """Return whom the sentence behind number `number` names: "Those were the words of Quill", "So
    said Quill", "He was speaking".
    """
    if number + 1 >= len(reading.sentences):
        return None
    here, after = reading.sentences[number], reading.sentences[number + 1]
    tokens, words, first = reading.tokens, reading.words, after.first
    if after.paragraph > here.paragraph + 1 or any(
        tokens[i].kind == QUOTE for i in range(first, after.last)
    ):
        return None
    if tokens[first].low in ("so", "thus"):
        cue = words.cues.get(tokens[first + 1].low)
        phrase = (
            phrase_beginning(reading, first + 1, after.last)
            if cue is not None and "speech" in cue.kinds
            else None
        )
        return (
            Source(phrase, (first + 1, first + 2), "sentence-after") if phrase is not None else None
        )
    if tokens[first].low in ("that", "this", "those", "these", "the"):
        for k in range(first + 1, min(after.last, first + MAX_NOUN)):
            if tokens[k].low in words.cue_nouns and tokens[k + 1].low in ("of", "from", "by"):
                phrase = phrase_beginning(reading, k + 1, after.last)
                return (
                    Source(phrase, (k, k + 1), "sentence-after")
                    if phrase is not None and is_agent(reading, phrase)
                    else None
                )
        return None
    last = first
    while last < after.last and reading.name_at.get(last) is reading.name_at.get(first, last):
        last += 1
    last = first + 1 if tokens[first].low in ("he", "she") else last
    speaks = (
        tokens[last].low in words["be"] and tokens[last + 1].low in words["speaking"]
        if last > first
        else False
    )
    return (
        Source(Phrase(first, last, last - 1), (last, last + 2), "sentence-after")
        if speaks
        else None
    )
