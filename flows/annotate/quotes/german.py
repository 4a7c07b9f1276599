"""Who says a quotation in German news: "„…“, sagte Quill", "Quill sagte: „…“", "so Quill", with the
people such texts name by office.

Here: German only, and only the plainest patterns; what they do not cover has no speaker. Not here:
marks, kinds, the choice among people.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from flows.annotate.model import Mention
from flows.annotate.quotes.lexicon import lexicon, read_data
from flows.annotate.quotes.phrases import Phrase
from flows.annotate.quotes.reading import LANGUAGE_SAMPLE, Reading
from flows.annotate.quotes.reports import Source
from flows.annotate.quotes.tokens import QUOTE, WORD, Sentence, Token

# In German news a quarter to a third of the words are among the commonest; in Dutch less than a
# tenth.
GERMAN_SHARE = 0.12
_LETTERS = re.compile(r"[^\W\d_]+")
# Lower-case words between an article and its noun ("die neue, junge Leiterin").
MAX_ADJECTIVES = 3
# Capitalised words of one name with its offices; longer runs are headings.
MAX_NAME = 8
# Tokens back from an apposed name in which the role that it explains must stand.
MAX_ROLE_DISTANCE = 7


@cache
def _words() -> dict[str, frozenset[str]]:
    raw: dict[str, Any] = read_data("german.toml")
    return {key: frozenset(value.split()) for key, value in raw.items() if isinstance(value, str)}


def is_german(text: str) -> bool:
    """Whether the text is German, by the share of its commonest words."""
    words = _LETTERS.findall(text[:LANGUAGE_SAMPLE].lower())
    return bool(words) and sum(map(_words()["common"].__contains__, words)) >= GERMAN_SHARE * len(
        words
    )


def german_people(
    tokens: Sequence[Token], mentions: Sequence[Mention]
) -> tuple[list[Mention], dict[str, str]]:
    """Return `mentions` with the people whom an office or a given name shows, and "he" or "she" by
    name where the office shows it.
    """
    found: list[Mention] = []
    gender: dict[str, str] = {}
    at = 0
    while at < len(tokens):
        first, last, role = _name_run(tokens, at)
        role = role or _role_before(tokens, first)
        given = (
            tokens[first].low in lexicon().male or tokens[first].low in lexicon().female
            if first < last
            else False
        )
        if first < last and (role or (given and last - first > 1)):
            name = " ".join(t.text for t in tokens[first:last])
            found.append(Mention(tokens[first].start, tokens[last - 1].end, "PERSON", name))
            if role in ("he", "she"):
                gender.setdefault(name, role)
        at = max(last, at + 1)
    full = {m.name.split()[-1]: m.name for m in found if " " in m.name}
    found = [Mention(m.start, m.end, m.label, full.get(m.name, m.name)) for m in found]
    starts = {m.start for m in found}
    covered = {i for m in found for i in range(m.start, m.end)}
    found += [
        Mention(t.start, t.end, "PERSON", full[t.text])
        for t in tokens
        if t.text in full and t.start not in covered and not _role(t.low)
    ]
    others = [
        m
        for m in mentions
        if m.start not in starts
        and covered.isdisjoint(range(m.start, m.end))
        and m.name not in full
    ]
    return sorted([*found, *others], key=lambda m: m.start), gender


def _name_run(tokens: Sequence[Token], at: int) -> tuple[int, int, str]:
    """Return the capitalised words from token `at` on, offices at their head left out, and what
    these tell: "he", "she", "role" or "".
    """
    words, first, last, role = _words(), at, at, ""
    while last < min(len(tokens), at + MAX_NAME) and _in_name(tokens, first, last):
        last += 1
    while first < last and _role(tokens[first].low):
        role = _role(tokens[first].low)
        first += 1
    while first < last and (
        tokens[first].low in words["determiners"] or tokens[first].low in words["leads"]
    ):
        first += 1
        last = first  # an article opens no name
    return first, last, role


def _in_name(tokens: Sequence[Token], first: int, i: int) -> bool:
    token, words = tokens[i], _words()
    if token.is_name and token.low not in words["time_words"] and token.low not in words["cues"]:
        return True
    return (
        i > first
        and token.low in words["particles"]
        and i + 1 < len(tokens)
        and tokens[i + 1].is_name
    )


def _role(word: str) -> str:
    """Return "he", "she" or "role" where the word names an office or trade, on its own or as the
    end of a compound, else "".
    """
    if "-" in word:
        return ""
    for sign, roles, endings in _roles():
        if word in roles or word.endswith(endings):
            return sign
    return ""


@cache
def _roles() -> list[tuple[str, frozenset[str], tuple[str, ...]]]:
    """Return what each list of offices shows, the list, and those of it that may end a compound."""
    kinds = (("female_roles", "she"), ("male_roles", "he"), ("roles", "role"))
    return [
        (sign, _words()[kind], tuple(role for role in sorted(_words()[kind]) if len(role) > 4))
        for kind, sign in kinds
    ]


def _role_before(tokens: Sequence[Token], first: int) -> str:
    """Return what the office shows that an apposed name explains.

    An example: "die Leiterin der Behörde, Adele Quill".
    """
    if first == 0 or tokens[first - 1].text != ",":
        return ""
    return next(
        (
            role
            for i in range(first - 2, max(-1, first - MAX_ROLE_DISTANCE), -1)
            if (role := _role(tokens[i].low))
        ),
        "",
    )


def german_sources(reading: Reading) -> dict[int, Source]:
    """Return the source of each marked stretch that has one, by its index in `reading.marked`."""
    tokens = reading.tokens
    found: dict[int, Source] = {}
    before: tuple[int, Source] | None = None  # the paragraph and the source of the sentence before
    for sentence in reading.sentences:
        inside = [i for i in range(sentence.first, sentence.last) if tokens[i].kind == QUOTE]
        bare = all(tokens[i].kind != WORD for i in range(sentence.first, sentence.last))
        for at in inside:
            source = _behind(reading, at, sentence.last) or _ahead(reading, sentence, at)
            if source is None and bare and before is not None and before[0] == sentence.paragraph:
                source = Source(before[1].phrase, before[1].cue, "carried")
            if source is not None:
                found[tokens[at].quote] = source
        last = found.get(tokens[inside[-1]].quote) if inside else None
        before = (sentence.paragraph, last) if last is not None else None
    return found


def _behind(reading: Reading, at: int, high: int) -> Source | None:
    """Return the source behind the quotation at token `at`: "…“, sagte Quill", "…“, so Quill"."""
    i = at + 1
    while i < high and reading.tokens[i].text in (",", "–", "—"):
        i += 1
    if i < high and (reading.tokens[i].low in _words()["cues"] or reading.tokens[i].low == "so"):
        phrase = _phrase(reading, i + 1, high)
        return Source(phrase, (i, i + 1), "inverted") if phrase is not None else None
    return None


def _ahead(reading: Reading, sentence: Sentence, at: int) -> Source | None:
    """Return the source whose verb stands before the quotation at token `at`: "Quill sagte: „…“",
    "Am Montag nannte Quill es „…“".
    """
    tokens, words = reading.tokens, _words()
    cue = next(
        (k for k in range(at - 1, sentence.first, -1) if tokens[k].low in words["cues"]), None
    )
    if cue is None:
        return None
    opening = (
        None
        if tokens[sentence.first].low in words["leads"]
        else _phrase(reading, sentence.first, cue)
    )
    phrase = opening or _phrase(reading, cue + 1, at)
    return Source(phrase, (cue, cue + 1), "before") if phrase is not None else None


def _phrase(reading: Reading, first: int, high: int) -> Phrase | None:
    """Return the pronoun, name or noun phrase that begins at token `first`, with the name that
    explains it behind a comma.
    """
    tokens, words = reading.tokens, _words()
    if first >= high or tokens[first].kind != WORD:
        return None
    if tokens[first].low in words["pronouns"]:
        return Phrase(first, first + 1, first)
    led = tokens[first].low in words["determiners"]
    last = _noun_run(reading, first + led, high)
    if last is None:
        return None
    head = last - 1
    if head not in reading.name_at:
        while last + 1 < high and tokens[last].low in words["links"]:
            tail = _noun_run(
                reading, last + 1 + (tokens[last + 1].low in words["determiners"]), high
            )
            if tail is None or tokens[tail - 1].low in words["time_words"]:
                break
            last = tail
        named = (
            reading.name_at.get(last + 1) if last + 1 < high and tokens[last].text == "," else None
        )
        if named is not None and named.label == "PERSON":
            last += 1
            while last < high and reading.name_at.get(last) is named:
                last += 1
            head = last - 1
    return Phrase(first, last, head)


def _noun_run(reading: Reading, first: int, high: int) -> int | None:
    """Return the token behind the capitalised words that begin at `first`, adjectives before them
    left aside; None where there are none.
    """
    tokens, i = reading.tokens, first
    while (
        i < high
        and i - first < MAX_ADJECTIVES
        and tokens[i].kind == WORD
        and tokens[i].low.endswith(("e", "en", "er", "es"))
        and not tokens[i].is_name
    ):
        i += 1
    start = i
    while i < min(high, start + MAX_NAME) and _in_name(tokens, start, i):
        i += 1
    return i if i > start else None
