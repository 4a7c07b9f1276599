"""Verbs in the present that no list has, told by the noun before them and what stands behind: "said
the dam leaks", "say the pumps, which are old, need care".

Not here: verbs of the lists (`appositions.has_verb`).
"""

from __future__ import annotations

from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.tokens import PUNCT, WORD

ADJECTIVE_ENDINGS = ("able", "ful", "ible", "ical", "ional", "less", "ous")

MAX_NEAR = 2
"""Words before a verb that must be near: an article and a noun."""

OCCASION_LEADS = frozenset(("earlier", "last", "late", "later", "next", "this"))
"""Words before the time at which somebody spoke."""


def acts_plainly(reading: Reading, first: int, last: int, *, ends: bool) -> bool:
    """Whether tokens `first:last` open with a noun phrase and a verb of no list.

    `ends` says that the verb may close the tokens or stand before any word: nobody says a mere
    noun phrase ("Quill said the dam leaks"), while many add one ("added course features").
    """
    tokens, words = reading.tokens, reading.words
    if tokens[first - 1].text == ",":
        return False  # "whatever they say, the town grows"
    i = first + 1
    if tokens[first].low in words["subject_pronouns"]:
        return i < last and reading.is_noun(i)  # "said it cost two million"
    while i < last:
        token = tokens[i]
        if ends and token.text == "," and _opens_aside(reading, i + 1):
            closing = next((k for k in range(i + 1, last) if tokens[k].text == ","), last)
            verb = closing + 1
            return verb < last and (_is_past(reading, verb) or _agrees(reading, i - 1, verb))
        if token.kind != WORD:
            return False
        is_near = i <= first + MAX_NEAR and _has_object(reading, i + 1, last)
        if (ends or is_near) and _agrees(reading, i - 1, i):
            return True
        inner = token.low in words["inner_prepositions"] or (
            (token.low in words["determiners"] or token.low in words["possessives"])
            and tokens[i - 1].low in words["inner_prepositions"]
        )
        if not (inner or reading.is_noun(i)):
            return False
        i += 1
    return False


def _is_past(reading: Reading, i: int) -> bool:
    """Whether token `i` is a verb by the lists, or by its "-ed"."""
    token, words = reading.tokens[i], reading.words
    is_past = ends_in_ed(token.low) and not token.is_name
    return is_past or token.low in words.finite or token.low in words["past_verbs"]


def _opens_aside(reading: Reading, i: int) -> bool:
    """Whether the words from token `i` on, behind a comma, can be no subject: a relative clause, a
    participle, an age, a noun with an article.
    """
    token, words = reading.tokens[i], reading.words
    behind = reading.tokens[i + 1].low
    return token.kind == WORD and (
        token.low in words["relatives"]
        or token.low in words["past_verbs"]
        or (token.low.endswith("en") and behind in words["prepositions"])  # "swollen by rain"
        or (token.low.endswith(("ed", "ing")) and not token.is_name)
        or token.low in ("a", "an", "once", "now")
        or token.low[0].isdigit()
    )


def _agrees(reading: Reading, noun: int, verb: int) -> bool:
    """Whether token `verb`, which may be a noun too, has the number of the noun at token `noun`:
    "dam leaks", "boats leak".
    """
    one, other = reading.tokens[noun], reading.tokens[verb]
    words = reading.words
    cue = words.cues.get(other.low)
    may_act = other.kind == WORD and not other.is_name
    may_act &= not any(other.low in words[kind] for kind in ("roles", "time_words"))
    may_act &= reading.is_noun(verb) or (cue is not None and cue.form in ("base", "third"))
    if one.kind == PUNCT or not may_act or not reading.is_noun(noun):
        return False
    is_third = _ends_in_s(other.low)
    if one.is_name:
        return is_third
    if is_third and (one.low in words["adjectives"] or one.low.endswith(ADJECTIVE_ENDINGS)):
        return False  # "said the same things"
    is_past = ends_in_ed(other.low) or other.low.endswith("ing")
    return is_third != _ends_in_s(one.low) and not is_past


def has_past(reading: Reading, first: int, last: int) -> bool:
    """Whether a noun and a verb in the past are among tokens `first:last`: nobody says a mere noun
    with a participle ("said the boat sank"), while many note one ("noted boats sold in Oslo").
    """
    tokens = reading.tokens
    return any(
        looks_past(reading, i)
        and not tokens[i].is_name
        and (reading.is_noun(i - 1) or tokens[i - 1].low == "it")
        and tokens[i + 1].low != "by"
        for i in range(first + 1, last)
    )


def is_occasion(reading: Reading, first: int) -> bool:
    """Whether the words from token `first` on say when and where somebody spoke: "said last week at
    a dinner held in Oslo".
    """
    words, tokens = reading.words, reading.tokens
    when = next((i for i in (first + 1, first + 2) if tokens[i].low in words["time_words"]), None)
    return (
        when is not None
        and tokens[first].low in OCCASION_LEADS
        and tokens[when + 1].low in words["prepositions"]
    )


def looks_past(reading: Reading, i: int) -> bool:
    """Whether token `i` has the form of a verb in the past, which a participle may have too."""
    low = reading.tokens[i].low
    return low in reading.words["past_verbs"] or ends_in_ed(low)


def ends_in_ed(low: str) -> bool:
    """Whether a word ends as verbs of the past do, "feed" and "need" do not."""
    return low.endswith("ed") and not low.endswith("eed")


def _ends_in_s(low: str) -> bool:
    return low.endswith("s") and not low.endswith(("ss", "us", "is"))


def _has_object(reading: Reading, i: int, last: int) -> bool:
    """Whether an object or an adverb stands at token `i`, as behind a verb."""
    if i >= last:
        return False
    low, words = reading.tokens[i].low, reading.words
    return any(
        low in words[kind] for kind in ("determiners", "possessives", "object_pronouns")
    ) or reading.is_adverb(i)
