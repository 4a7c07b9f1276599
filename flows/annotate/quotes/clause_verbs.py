"""Whether words are a clause: a finite verb of their own, not one of a relative clause.

Not here: verbs of no list (`plain_verbs`), verbs of any clause (`appositions.has_verb`).
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.annotate.quotes.appositions import has_verb
from flows.annotate.quotes.plain_verbs import ends_in_ed
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.tokens import QUOTE, WORD, Token

PAIR, DASHES = 2, ("—", "–", "-")


def is_clause(reading: Reading, first: int, last: int) -> bool:
    """Whether tokens `first:last` have a finite verb of their own, not one of a relative clause."""
    tokens, words = reading.tokens, reading.words
    nested = False
    for i in range(first, last):
        token = tokens[i]
        if token.kind == QUOTE or (token.text in DASHES and not _is_paired(tokens, i, first, last)):
            return False
        if token.kind != WORD:
            nested = False
            continue
        low = token.low
        if i > first and low in ("who", "which", "that", "what", "whose", "where", "when", "how"):
            nested = True
        elif not nested and (
            (low in words.finite and not _is_object(reading, first, i))
            or (i > first and low in words["past_verbs"] and _may_follow(reading, i))
            or (
                i > first
                and low.endswith("ed")
                and not token.is_name
                and not _is_object(reading, first, i)
                and _has_subject(reading, i - 1)
                and not (i + 1 < last and tokens[i + 1].low in words["prepositions"])
            )
            or _is_behind_aside(reading, first, i)
            or (i > first and _is_finite_cue(reading, i))
        ):
            return i == first or tokens[i - 1].low != "to"
    return False


def _is_behind_aside(reading: Reading, first: int, i: int) -> bool:
    """Whether token `i` is a verb in the past behind what commas set off from its subject: "the
    mayor, who was in Oslo, learned of it"; not "the mayor, who was in Oslo, backed by pilots".
    """
    tokens = reading.tokens
    if i - 1 <= first or tokens[i - 1].text != "," or not ends_in_ed(tokens[i].low):
        return False
    opening = next((k for k in range(i - 2, first, -1) if tokens[k].text == ","), first)
    aside, name = tokens[opening + 1].low, reading.name_at.get(opening + 1)
    is_named = name is not None and reading.name_at.get(i - 2) is name  # "the mayor, Quill, left"
    is_relative = aside in ("who", "which", "whose", "where")
    is_apposed = aside in ("a", "an", "the") and tokens[i + 1].low in reading.words["determiners"]
    is_passive = tokens[i].is_name or tokens[i + 1].low == "by"
    return opening > first and not is_passive and (is_relative or is_apposed or is_named)


def _is_object(reading: Reading, first: int, i: int) -> bool:
    """Whether token `i` stands behind an infinitive and is no auxiliary ("ways to move leads")."""
    behind = i - 2 >= first and reading.tokens[i - 2].low == "to"
    return behind and reading.tokens[i].low not in reading.words["auxiliaries"]


def _is_paired(tokens: Sequence[Token], i: int, first: int, last: int) -> bool:
    """Whether the dash at token `i` is one of two in tokens `first:last`."""
    return sum(token.text == tokens[i].text for token in tokens[first:last]) == PAIR


def has_main_verb(reading: Reading, first: int, last: int) -> bool:
    """Whether an auxiliary stands behind the verb of a relative clause in tokens `first:last`: "the
    pilot who left should come back".
    """
    tokens, words = reading.tokens, reading.words
    opener = next((i for i in range(first + 1, last) if tokens[i].low in words["relatives"]), last)
    return any(
        tokens[i].low in words["auxiliaries"] and has_verb(reading, opener + 1, i)
        for i in range(opener + 2, last)
    )


def _is_finite_cue(reading: Reading, i: int) -> bool:
    cue = reading.words.cues.get(reading.tokens[i].low)
    return (
        cue is not None
        and cue.form in ("past", "third")
        and reading.tokens[i].low not in reading.words.noun_forms
        and _has_subject(reading, i - 1)
        and reading.is_verb_here(i)
    )


def _may_follow(reading: Reading, i: int) -> bool:
    """Whether token `i` may be the verb of a subject before it, an apposition between them or not:
    "Quill hid the money", "Quill, 51, hid the money".
    """
    return _has_subject(reading, i - 1) or reading.tokens[i - 1].text == ","


def _has_subject(reading: Reading, i: int) -> bool:
    """Whether token `i` may be the subject of the word behind it, or its adverb."""
    low = reading.tokens[i].low
    return reading.is_noun(i) or reading.is_adverb(i) or low in reading.words["subject_pronouns"]
