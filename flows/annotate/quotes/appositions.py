"""Words between commas that explain the name or noun before them: "Ada Quill, 44, the harbour
master, ...", "a report by the board, published on Monday, ...".

Not here: the subject of a verb behind appositions (`subjects`).
"""

from __future__ import annotations

from flows.annotate.quotes.people import is_party_and_state
from flows.annotate.quotes.phrases import Phrase
from flows.annotate.quotes.reading import Reading


def behind_appositions(reading: Reading, phrase: Phrase, comma: int, last: int) -> int:
    """Return the token of the comma that closes what explains `phrase`; `comma`, which follows it,
    where the words behind explain nothing. `last` ends the sentence.
    """
    closing, subject = _comma(reading, comma + 1, last), comma
    while closing is not None and explains(reading, phrase, comma + 1, closing, last):
        if _is_aside(reading, comma + 1):
            subject = closing
        comma, closing = closing, _comma(reading, closing + 1, last)
    joins = closing is not None and reading.tokens[comma + 1].low == "and"
    if closing is not None and joins and not has_verb(reading, comma + 1, closing):
        comma = subject = closing  # "Quill, a lawyer, and two of her colleagues, it had failed"
    # "according to Quill, 44, the driver, a man of 40, had slept": a verb needs its subject
    is_verb = comma + 1 < last and has_verb(reading, comma + 1, comma + 2)
    is_verb &= reading.tokens[comma + 1].low not in reading.words["subject_pronouns"]
    return subject if is_verb else comma


def _is_aside(reading: Reading, first: int) -> bool:
    """Whether a segment that begins with token `first` can be no subject: an age, a relative
    clause, a participle.
    """
    low = reading.tokens[first].low
    return low in reading.words["relatives"] or low.isdigit() or _is_participle(reading, first)


def has_verb(reading: Reading, first: int, last: int) -> bool:
    """Whether a finite verb is among tokens `first:last`, as far as the lists and "-ed" tell."""
    tokens, words = reading.tokens, reading.words
    return any(
        tokens[i].low in words.finite
        or (tokens[i].low in words["past_verbs"] and i > first)
        or tokens[i].low in words["subject_pronouns"]
        or (tokens[i].low in words.cues and reading.is_verb_here(i))
        or (tokens[i].low.endswith("ed") and i > first and not tokens[i].is_name)
        for i in range(first, last)
    )


def _comma(reading: Reading, first: int, last: int) -> int | None:
    return next((i for i in range(first, last) if reading.tokens[i].text == ","), None)


def explains(reading: Reading, phrase: Phrase, first: int, closing: int, last: int) -> bool:
    """Whether tokens `first:closing`, between commas, explain a phrase and begin no clause."""
    tokens, words = reading.tokens, reading.words
    opener = tokens[first].low
    if opener in words["relatives"]:
        return True
    if closing - first == 1 and (opener.isdigit() or is_party_and_state(tokens[first].text)):
        return True
    if opener[:1].isdigit() and not opener.endswith("old"):
        return False  # "according to the ministry, 12 men, most of them sailors, had died"
    relatives = (i for i in range(first + 1, closing) if tokens[i].low in words["relatives"])
    main = next(relatives, closing)  # "publisher of the data that powers the index"
    if has_verb(reading, first + _is_participle(reading, first), main):
        return False
    if _is_participle(reading, first):
        return True
    if any(reading.is_adverb(i) and reading.is_noun(i - 1) for i in range(first + 1, closing - 1)):
        return False  # "according to research, pilots often sail at night, ..."
    named = phrase.head in reading.name_at
    name = reading.name_at.get(first + (opener == "and"))
    is_person = name is not None and name.label == "PERSON"
    if opener == "and":
        return named and is_person
    if not named and is_person and reading.name_at.get(closing - 1) is name:
        head = tokens[phrase.head].low if phrase.head < len(tokens) else ""
        # "according to police, Quill, 40, had left": several are not one person
        return head in words["roles"] and head != "police" and not head.endswith("s")
    if opener in ("of", "from"):
        return named
    if opener in words["prepositions"] or opener in words["adverbs"]:
        return False
    if opener in ("a", "an") and not named:
        return False  # "according to police, a man and a child had drowned"
    if any(tokens[i].low in words["roles"] for i in range(first, closing)):
        return not (tokens[closing - 1].low.endswith("s") and _is_list(reading, closing, last))
    if named and tokens[first + 1].low == "of" and reading.is_noun(first):
        return not _is_list(reading, closing, last)  # "Harlo, publisher of the index, ..."
    led = opener in words["determiners"] and (named or opener == "the")
    return led and not _is_list(reading, closing, last)


def _is_participle(reading: Reading, i: int) -> bool:
    """Whether a segment that begins with token `i` is led by a participle ("published on
    Monday").
    """
    token, cue = reading.tokens[i], reading.words.cues.get(reading.tokens[i].low)
    form = cue.form if cue is not None else ""
    return not token.is_name and (
        form in ("past", "ing") or (token.low.endswith(("ed", "ing")) and i not in reading.name_at)
    )


def _is_list(reading: Reading, comma: int, last: int) -> bool:
    """Whether the words behind the comma at token `comma` close a list of subjects: "..., a woman
    and a child had drowned".
    """
    for i in range(comma + 1, last):
        if reading.tokens[i].low == "and":
            return True
        if reading.tokens[i].text == "," or has_verb(reading, i, i + 1):
            return False
    return False
