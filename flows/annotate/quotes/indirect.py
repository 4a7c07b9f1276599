"""Reported words without marks: "Quill said that the bridge would open", "the bridge would open, Quill said", "according to Quill".

Here: where the reported clause begins and ends. Not here: who reports (`speakers`) and quotations in marks, which are never given twice.
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.speakers import Source, report_at
from flows.annotate.quotes.tokens import PUNCT, QUOTE, WORD, Sentence

# Words between a cue and the "that" of its clause ("said in a statement to reporters on Monday that").
FARTHEST_THAT = 14
FEWEST_TOKENS = 3
# A clause ends before a comma and one of these; the reporter goes on in their own voice.
ENDS_CLAUSE = frozenset("but though although while whereas when after as and then prompting leading".split())


@dataclass(frozen=True, slots=True)
class Reported:
    """Reported words at characters `start:end`, and their source."""

    start: int
    end: int
    source: Source


def find_reported(reading: Reading, taken: frozenset[int]) -> list[Reported]:
    """Return reported clauses in order; none holds a marked stretch of `taken`, none overlaps another."""
    found: list[Reported] = []
    for sentence in reading.sentences:
        k = sentence.first
        while k < sentence.last:
            reported, k = _reported_at(reading, sentence, k, taken)
            if reported is not None and (not found or reported.start >= found[-1].end):
                found.append(reported)
    return found


def _reported_at(reading: Reading, sentence: Sentence, k: int, taken: frozenset[int]) -> tuple[Reported | None, int]:
    """Return what the cue at token `k` reports (None where it is no cue), and the token to go on from."""
    token = reading.tokens[k]
    if token.kind != WORD or not (token.low in reading.words.cues or token.low == "according"):
        return None, k + 1
    source = report_at(reading, sentence.first, k, sentence.last)
    if source is None or source.cue is None:
        return None, k + 1
    if source.pattern == "according-to":
        first, last = _around_according(reading, sentence, source)
    elif source.pattern == "inverted" or _trails(reading, sentence, source):
        first, last = _before_cue(reading, sentence, source)
    else:
        first, last = _after_cue(reading, sentence, source)
    first, last = _trim(reading, first, last)
    if last - first < FEWEST_TOKENS or any(reading.tokens[i].kind == QUOTE and reading.tokens[i].quote in taken for i in range(first, last)):
        return None, k + 1
    return Reported(reading.tokens[first].start, reading.tokens[last - 1].end, source), max(k + 1, last)


def _trails(reading: Reading, sentence: Sentence, source: Source) -> bool:
    """Whether the cue and its subject close the sentence or stand between commas: "..., Quill said"."""
    tokens = reading.tokens
    if source.cue is None or source.phrase.first <= sentence.first + 3 or tokens[source.phrase.first - 1].text not in (",", "—", "–"):
        return False
    i = source.cue[1]
    while i < sentence.last and tokens[i].kind == WORD and _is_adverbial(reading, i):
        i += 1
    return i >= sentence.last or tokens[i].kind == PUNCT


def _is_adverbial(reading: Reading, i: int) -> bool:
    low, words = reading.tokens[i].low, reading.words
    return low in words["days"] or low in words["adverbs"] or low in words["time_words"] or low in ("on", "in", "this", "last") or low.endswith("ly")


def _before_cue(reading: Reading, sentence: Sentence, source: Source) -> tuple[int, int]:
    last = source.phrase.first if source.cue is None else min(source.phrase.first, source.cue[0])
    first = sentence.first
    for i in range(last - 1, sentence.first - 1, -1):
        if reading.tokens[i].kind == QUOTE or reading.tokens[i].text == ";":
            first = i + 1
            break
    return first, last


def _around_according(reading: Reading, sentence: Sentence, source: Source) -> tuple[int, int]:
    tokens = reading.tokens
    assert source.cue is not None
    if source.cue[0] - sentence.first > 2:
        return _before_cue(reading, sentence, source)
    first = source.phrase.last
    while first < sentence.last and tokens[first].text != ",":
        first += 1
    return first, _clause_end(reading, first, sentence.last)


def _after_cue(reading: Reading, sentence: Sentence, source: Source) -> tuple[int, int]:
    assert source.cue is not None
    tokens, words = reading.tokens, reading.words
    first = source.cue[1]
    for i in range(first, min(sentence.last, first + FARTHEST_THAT)):
        if tokens[i].low == "that" or tokens[i].kind != WORD:
            if tokens[i].low == "that":
                first = i + 1
            break
    else:
        i = first
    if first == source.cue[1]:
        cue = words.cues.get(tokens[source.cue[0]].low)
        if cue is not None and cue.lemma in ("tell", "remind", "assure", "inform") and first < sentence.last:
            first += 1
            while first < sentence.last and tokens[first].is_name and tokens[first - 1].is_name:
                first += 1
        while first < sentence.last and (tokens[first].low in words["days"] or tokens[first].low in ("also", "today", "yesterday", "later")):
            first += 1
    return first, _clause_end(reading, first, sentence.last)


def _clause_end(reading: Reading, first: int, last: int) -> int:
    """Return the token before which the clause that begins at `first` ends."""
    tokens, words = reading.tokens, reading.words
    for i in range(first + 1, last):
        token = tokens[i]
        if token.kind == QUOTE or token.text in (";", "—", "–"):
            return i
        if token.text != "," or i + 1 >= last:
            continue
        after = tokens[i + 1]
        cue = words.cues.get(after.low)
        if after.low in ENDS_CLAUSE or after.low == "according" or (cue is not None and cue.form in ("ing", "past")):
            return i
        behind = words.cues.get(tokens[i + 2].low) if i + 2 < last else None
        if behind is not None and "speech" in behind.kinds and after.low in words["subject_pronouns"]:
            return i
    return last


def _trim(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """Leave out punctuation and conjunctions at both ends."""
    tokens = reading.tokens
    while first < last and (tokens[first].kind == PUNCT or tokens[first].low in ("that", "and", "but")):
        first += 1
    while last > first and tokens[last - 1].kind == PUNCT and tokens[last - 1].text not in ")%":
        last -= 1
    return first, last
