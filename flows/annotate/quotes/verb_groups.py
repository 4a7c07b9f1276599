"""Where a subject meets its verb: the auxiliaries, adverbs, times, asides and occasion between
them, a verb of no list within the phrase.

Not here: the subject itself (`subjects`).
"""

from __future__ import annotations

from flows.annotate.quotes.phrases import Phrase, is_day
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.tokens import WORD

# Tokens of an occasion between a speaker and the verb ("in a long blog post").
MAX_OCCASION = 5


def skip_verb_group(reading: Reading, low: int, verb: int) -> int:
    """Step left over auxiliaries and adverbs ("has repeatedly said"); return the index of the token
    before them.
    """
    words, i = reading.words, verb - 1
    while i >= low and reading.tokens[i].kind == WORD:
        word = reading.tokens[i].low
        if (
            word in words["subject_pronouns"]
            or word in words["contractions"]
            or (i in reading.name_at and not _is_led_day(reading, i))
        ):
            break
        if word in ("both", "all", "each") and i > low and reading.is_noun(i - 1):
            i -= 1
            continue
        if is_day(reading, i) or word in words["time_words"]:
            i = _before_time(reading, low, i)
            continue
        if not (word in words["auxiliaries"] or reading.is_adverb(i)):
            break
        i -= 1
    return i


def before_occasion(reading: Reading, low: int, i: int) -> int:
    """Return the last token of a name before the occasion that ends with token `i` ("Ada Quill in a
    blog post said"); `i` where none does.
    """
    tokens, words = reading.tokens, reading.words
    if i < low or tokens[i].low not in words["documents"] | words["occasions"]:
        return i
    for j in range(i - 1, max(low, i - MAX_OCCASION) - 1, -1):
        if tokens[j].low in words["determiners"] or tokens[j].low in words["possessives"]:
            is_led = j - 2 >= low and tokens[j - 1].low in ("in", "at", "during", "on")
            return j - 2 if is_led and j - 2 in reading.name_at else i
    return i


def before_aside(reading: Reading, first: int, cue: int) -> int:
    """Return the comma that opens the aside right before a cue ("Quill, who asked not to be named,
    said"), not before token `first`; the cue itself where none stands there.
    """
    tokens = reading.tokens
    verb = reading.words.cues.get(tokens[cue].low)
    if tokens[cue - 1].text != "," or verb is None or verb.form == "ing":
        return cue  # "Quill, who had not slept, left, adding that"
    return next((i for i in range(cue - 2, first - 1, -1) if tokens[i].text == ","), cue)


def _is_led_day(reading: Reading, i: int) -> bool:
    """Whether token `i` is a month or day behind "last" or "this", no name ("Quill last April
    said").
    """
    return is_day(reading, i) and reading.tokens[i - 1].low in ("last", "this", "next", "late")


def _before_time(reading: Reading, low: int, i: int) -> int:
    """Return the index of the token before the time that ends with token `i` ("on Monday", "late
    last week").
    """
    i -= 1
    while i >= low and reading.tokens[i].low in reading.words["time_leads"]:
        i -= 1
    return i


def is_clause_beside(reading: Reading, first: int, last: int) -> bool:
    """Whether tokens `first:last` are a clause, an auxiliary behind its subject, that ends in no
    name ("it was praised by Ada Quill, the mayor, who said").
    """
    tokens, words = reading.tokens, reading.words
    is_open = tokens[first].low in words["relatives"] or last - 1 in reading.name_at
    return not is_open and any(
        tokens[i].low in words["auxiliaries"] and not tokens[i].is_name
        for i in range(first + 1, last)
    )


def before_verb(reading: Reading, phrase: Phrase) -> Phrase:
    """Return the subject of a clause without the verb in the past that no list has and that stands
    in it ("the board shrugged off"; not "the retired pilot").
    """
    for i in range(phrase.first + 1, phrase.last):
        if _is_finite(reading, i):
            return Phrase(phrase.first, i, min(phrase.head, i - 1))  # "the council in Oslo sued"
    return phrase


def _is_finite(reading: Reading, i: int) -> bool:
    """Whether an object, a preposition or a name shows that the "-ed" of token `i` is a verb."""
    token, ahead, words = reading.tokens[i], reading.tokens[i + 1], reading.words
    kinds = ("determiners", "possessives", "prepositions", "object_pronouns", "verb_particles")
    is_past = token.low.endswith("ed") and not token.is_name
    leads = ahead.is_name or ahead.low == "that" or reading.is_adverb(i + 1)
    leads |= i - 1 in reading.name_at  # "chief pilot Ada Quill resigned, saying"
    return is_past and (leads or any(ahead.low in words[kind] for kind in kinds))
