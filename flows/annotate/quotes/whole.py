"""What the form of a sentence says of reported words: a whole clause before an attribution that
closes the sentence ("The ferry stopped for an hour, Quill said"), brackets, headlines.

Not here: clauses that the words themselves show (`said`).
"""

from __future__ import annotations

from flows.annotate.quotes.appositions import has_verb
from flows.annotate.quotes.plain_verbs import looks_past
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reports import Source
from flows.annotate.quotes.tokens import QUOTE, WORD, Sentence

MIN_WHOLE = 4  # tokens before "according to" that are more than a heading
MAX_SMALL, MIN_LONG = 4, 3  # letters of words that headlines print small; longer words of one
MIN_CLOSED = 4  # tokens of a clause before ", Quill said"


def is_whole(reading: Reading, sentence: Sentence, source: Source) -> bool:
    """Whether "according to" closes a sentence behind a comma, so that all before it is a clause:
    "Traders expect prices to rise, according to people who know the plan".
    """
    assert source.cue is not None
    at, tokens = source.cue[0], reading.tokens
    commas = [i for i in range(sentence.first, sentence.last) if tokens[i].text in (",", ";")]
    return commas == [at - 1] and at - sentence.first > MIN_WHOLE


def is_closed(reading: Reading, sentence: Sentence, source: Source, first: int, last: int) -> bool:
    """Whether tokens `first:last` are a noun and a verb in the past before ", Quill said" at the
    end of a sentence ("The ferry stopped for an hour"). A participle has the same form, but no
    sentence ends so.
    """
    assert source.cue is not None
    tokens, words = reading.tokens, reading.words
    low = min(source.phrase.first, source.cue[0])
    high = max(source.phrase.last, source.cue[1])
    inner = range(min(source.phrase.last, source.cue[1]), max(source.phrase.first, source.cue[0]))
    if last != low - 1 or last - first < MIN_CLOSED or tokens[last].text != ",":
        return False
    if any(tokens[i].text == "," for i in inner) or has_verb(reading, high, sentence.last):
        return False
    if any(tokens[i].kind == QUOTE for i in range(first, sentence.last)):
        return False
    opener = tokens[first]
    kinds = ("prepositions", "clause_leads", "adverbs", "relatives", "time_words", "numbers")
    is_participle = opener.low.endswith(("ing", "ed")) and not opener.is_name
    if is_participle or any(opener.low in words[kind] for kind in kinds):
        return False
    for i in range(first + 1, last):
        low_word = tokens[i].low
        if tokens[i].text == "," or low_word in words["relatives"] or low_word == "that":
            return False
        if looks_past(reading, i) and not tokens[i].is_name and reading.is_noun(i - 1):
            return True
    return False


def behind_adverbs(reading: Reading, first: int, last: int) -> int:
    """Return the token behind the adverbs that open a clause, with a comma or without ("More
    boats", "Still, the boats").
    """
    while first + 1 < last and reading.is_adverb(first):
        first += 1 + (reading.tokens[first + 1].text == ",")
    return first


def is_balanced(reading: Reading, first: int, last: int) -> bool:
    """Whether every bracket that opens within the words closes there."""
    depth = 0
    for token in reading.tokens[first:last]:
        depth += (token.text == "(") - (token.text == ")")
        if depth < 0:
            return False
    return depth == 0


def is_title_case(reading: Reading, sentence: Sentence) -> bool:
    """Whether the sentence is a headline whose words all have capitals: it cannot be parsed."""
    if sentence.paragraph:
        return False
    some = [t for t in reading.tokens[sentence.first : sentence.last] if t.kind == WORD]
    long = [t for t in some if len(t.text) > MAX_SMALL]
    return len(long) > MIN_LONG and all(t.is_name or t.text[0].isdigit() for t in long)
