"""Words that only look like a report: labels of a list, what is worth noting, what somebody refuses
to say, a relative clause.

Not here: whether the words behind a cue are a clause (`said`).
"""

from __future__ import annotations

from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reports import Source
from flows.annotate.quotes.tokens import Sentence

# Tokens before "or explain" among which the "to" stands that goes for it too.
MAX_INFINITIVE = 16


def is_no_report(reading: Reading, sentence: Sentence, source: Source, first: int) -> bool:
    """Whether nobody says the words from token `first` on, by the form of the cue or its
    subject.
    """
    if source.cue is None:
        return False
    return (
        _is_label(reading, sentence, source.cue[0])
        or _is_impersonal(reading, source)
        or _is_refused(reading, sentence, source.cue[0])
        or _is_relative(reading, sentence, source)
        or _is_typewritten(reading, source, first)
    )


def _is_label(reading: Reading, sentence: Sentence, cue: int) -> bool:
    """Whether the cue has a capital within its sentence ("Pro plan – Adds more seats")."""
    token = reading.tokens[cue]
    return token.is_name and cue > sentence.first and not token.text.isupper()


def _is_impersonal(reading: Reading, source: Source) -> bool:
    """Whether the subject is an "it's" or the text's own "I'd" ("It's worth noting that ...")."""
    return reading.tokens[source.phrase.head].low.replace("’", "'") in (
        "it's",
        "i'd",
        "i've",
        "i'll",
    )


def _is_refused(reading: Reading, sentence: Sentence, cue: int) -> bool:
    """Whether a "to" before another verb goes for the cue too ("refuses to come or say how")."""
    tokens, words = reading.tokens, reading.words
    form = words.cues[tokens[cue].low].form if tokens[cue].low in words.cues else ""
    is_joined = tokens[cue - 1].low in ("and", "or") and tokens[cue - 2].text != ","
    if form in ("past", "third", "ing") or not is_joined:
        return False
    low = max(sentence.first, cue - MAX_INFINITIVE)
    return any(tokens[i].low == "to" for i in range(low, cue))


def _is_relative(reading: Reading, sentence: Sentence, source: Source) -> bool:
    """Whether the report belongs to a "what" ("more than what it says about pilots"), or to the
    "who" of a headline ("Hacker who revealed private letters admits it").
    """
    assert source.cue is not None
    tokens, phrase = reading.tokens, source.phrase
    if phrase.antecedent is not None:
        return not sentence.paragraph and tokens[sentence.last - 1].text not in ".!?"
    before = tokens[phrase.first - 1].low if phrase.first > sentence.first else ""
    return before == "what" and tokens[source.cue[1]].low in reading.words["prepositions"]


def _is_typewritten(reading: Reading, source: Source, first: int) -> bool:
    """Whether doubled apostrophes and a capital stand behind a cue whose words begin before it: the
    quotation is what follows ("In a letter, he wrote, ''Old interests ...''").
    """
    assert source.cue is not None
    behind = reading.text[reading.tokens[source.cue[1] - 1].end :][:5]
    return first < source.cue[0] and behind.startswith(", ''") and behind[4:].isupper()
