"""Reported words held by a noun or an adjective: "Quill's plan to sell the pier", "made a promise
to stay", "is unaware of the storm".

Here: the noun or adjective, its holder, the words it governs. Not here: verbs (`reports`,
`clauses`), words in marks (`speakers`).
"""

from __future__ import annotations

from flows.annotate.quotes.endings import trim
from flows.annotate.quotes.phrases import Phrase, phrase_ending
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reports import Source
from flows.annotate.quotes.subjects import subject_before
from flows.annotate.quotes.tokens import WORD, Sentence

# Words between a noun and its holder ("her first and only public promise").
MAX_HOLDER = 5


def attitude_at(reading: Reading, sentence: Sentence, k: int) -> tuple[int, int, Source] | None:
    """Return the tokens (first, last) which the noun or adjective at token `k` governs, with its
    holder; None where it is neither.
    """
    words, tokens = reading.words, reading.tokens
    if k + 2 >= sentence.last or tokens[k + 2].low in words["days"]:
        return None
    link = tokens[k + 1].low
    source: Source | None = None
    if link in words.holding_nouns.get(tokens[k].low, ()):
        source = _held(reading, sentence, k)
    elif link in words.holding_adjectives.get(tokens[k].low, ()):
        source = _felt(reading, sentence, k)
    if source is None:
        return None
    first = (
        k + 1
        if link == "to"
        and tokens[k + 2].low not in words["determiners"]
        and not tokens[k + 2].is_name
        else k + 2
    )
    return *trim(
        reading, first, _governed_end(reading, sentence, first, clause=link == "that")
    ), source


def _held(reading: Reading, sentence: Sentence, k: int) -> Source | None:
    """Return who holds the noun at token `k`: a genitive or possessive before it, or the subject of
    a verb like "made".
    """
    tokens, words = reading.tokens, reading.words
    for j in range(k - 1, max(sentence.first - 1, k - 2 - MAX_HOLDER), -1):
        token = tokens[j]
        if token.kind != WORD:
            return None
        if token.low in ("his", "her", "their", "its", "my", "our"):
            return Source(Phrase(j, j + 1, j), (k, k + 1), "noun")
        if token.low.endswith(("'s", "’s", "s'", "s’")) and token.low not in words["contractions"]:
            phrase = phrase_ending(reading, sentence.first, j)
            return Source(phrase, (k, k + 1), "noun") if phrase else None
        if token.low in words["holding_verbs"]:
            phrase = subject_before(reading, sentence.first, j)
            return Source(phrase, (j, k + 1), "noun") if phrase else None
        if not (reading.is_noun(j) or token.low in words["determiners"] or reading.is_adverb(j)):
            return None
    return None


def _felt(reading: Reading, sentence: Sentence, k: int) -> Source | None:
    """Return whose feeling the adjective at token `k` reports: the subject of the "is" or "feels"
    before it.
    """
    tokens, words = reading.tokens, reading.words
    j = k - 1
    while j > sentence.first and (reading.is_adverb(j) or tokens[j].low in ("so", "not")):
        j -= 1
    if j <= sentence.first:
        return None
    if tokens[j].low in words["contractions"]:
        return Source(Phrase(j, j + 1, j), (j, k + 1), "before")
    if tokens[j].low not in words["be"] and tokens[j].low not in words["feeling_verbs"]:
        return None
    phrase = subject_before(reading, sentence.first, j)
    return Source(phrase, (j, k + 1), "before") if phrase else None


def _governed_end(reading: Reading, sentence: Sentence, first: int, *, clause: bool) -> int:
    """Return the token before which the words that begin at `first` end: a comma, a quotation, the
    verb of the reporter's clause.
    """
    tokens, words = reading.tokens, reading.words
    relative = clause
    for i in range(first + 1, sentence.last):
        token = tokens[i]
        if token.kind != WORD:
            if token.text in (",", ";", ":", "—", "–") or token.kind not in ("word", "punct"):
                return i
            continue
        if token.low in ("that", "who", "which", "what", "how", "why", "whether", "if", "where"):
            relative = True
        elif (
            not relative
            and token.low in words["auxiliaries"]
            and tokens[i - 1].low not in ("to", "not")
        ):
            return i
    return sentence.last
