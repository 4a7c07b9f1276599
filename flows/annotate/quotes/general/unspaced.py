"""Quotations and speakers in scripts without spaces (Chinese, Japanese): the words around the marks
are read as characters.

Not here: where the marks are (`marks`), the word lists (`flows.annotate.languages`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from flows.annotate.languages.load import Language
from flows.annotate.model import Quote
from flows.annotate.quotes.general.attribution import Report
from flows.annotate.quotes.general.filters import count_words, is_quotation, kind_of
from flows.annotate.quotes.general.people import People
from flows.annotate.quotes.general.unspaced_reader import END, MAX_PHRASE, Reader, Said
from flows.annotate.quotes.marked import Marked
from flows.annotate.quotes.tokens import WORD, Token


def find(
    text: str, spans: Sequence[tuple[int, int]], marked: Sequence[Marked], language: Language
) -> tuple[tuple[Quote, ...], People]:
    """Return the quotations of `text` in order and its people; `marked` stands in marks."""
    reader = Reader(text, marked, language)
    starts = [start for start, _ in spans]
    at = 0
    for mark in marked:
        _introduce(reader, at, mark.outer_start)
        at = mark.outer_end
        paragraph = bisect_right(starts, mark.outer_start)
        said = reader.said(mark)
        report = None if said is None else Report(said.pattern, None, None, is_near=said.is_near)
        if said is None and reader.last is not None and paragraph - reader.last[0] <= 1:
            before = text[max(0, mark.outer_start - 1) : mark.outer_start]
            if not before.strip() or before in "。」”！？":
                said = Said(None, None, "carried", is_near=False)
                report = Report("carried", None, None, is_near=False)
        word = _word_before(text, mark, language)
        before_tokens = [word] if word else []
        if not is_quotation(text, mark, before_tokens, report, language):
            continue
        if (
            said is not None
            and not (said.is_near or said.is_naming)
            and said.pattern == "before"
            and (count_words(text[mark.start : mark.end], language) < 3)
        ):
            continue
        reader.add(mark.start, mark.end, kind_of(text, mark, report, language), said, paragraph)
    _reported(reader, spans)
    _introduce(reader, at, len(text))
    people = People(language)
    for at, name in reader.people:
        people.note(at, people.learn(reader.full.get(name[:2], name)), 1.0)
    return tuple(sorted(reader.found, key=lambda q: q.start)), people


def _introduce(reader: Reader, start: int, end: int) -> None:
    """Learn the people whom sentences between quotations name by an office."""
    text = reader.text
    if reader.patterns.role is None:
        return
    for found in reader.patterns.role.finditer(text, start, end):
        low = reader.clause_start(found.start())
        copula = reader.patterns.copula.search(text, low, found.start())
        # 林海燕是港口主任, 林海燕主任
        name = text[low : copula.start() if copula is not None else found.start()]
        if 2 <= len(name) <= 4 and name.startswith(tuple(reader.language.family_names)):
            reader.learn(name, low)
            continue
        if copula is not None:
            continue
        stop = END.search(text, found.end(), min(end, found.end() + MAX_PHRASE))
        span = reader.phrase(low, stop.start() if stop else min(end, found.end() + MAX_PHRASE))
        if span is None or span[1] < found.end():
            continue
        bare = reader.strip(text[span[0] : span[1]])
        if any(bare.startswith(name) for name in reader.language.family_names):
            bare = bare[:3]
        if 2 <= len(bare) <= 6:
            reader.learn(bare, found.start())


def _word_before(text: str, mark: Marked, language: Language) -> Token | None:
    """Return a listed word (so-called, a kind of work) right before the marks as a token."""
    ahead = text[max(0, mark.outer_start - 8) : mark.outer_start].rstrip("的の")
    for words in (language.so_called, language.works):
        for word in words:
            if ahead.endswith(word.rstrip("的の")):
                return Token(0, 0, word, word, WORD)
    return None


def _according(reader: Reader, low: int, stop: int) -> tuple[int, int, str, Said, int] | None:
    """Return the clause behind a source that opens a sentence, where a particle follows the source
    (川辺大臣によると、…), as `Reader.add` takes it.
    """
    text, pattern = reader.text, reader.patterns.according
    if not reader.language.after_marks or pattern is None:
        return None
    found = pattern.search(text, low, min(stop, low + MAX_PHRASE))
    if found is None or text[found.end() : found.end() + 1] not in ("、", "，"):
        return None
    while low < found.start() and text[low].isspace():
        low += 1
    last = stop
    while last > found.end() and text[last - 1] in "。！？!?\n ":
        last -= 1
    noun = next((n for n in reader.language.noun_marks if text[:last].endswith(n)), "")
    first, last = found.end() + 1, last - len(noun)
    if low == found.start() or last <= first:
        return None
    said = Said((low, found.start()), found.span(), "according-to")
    return first, last, "indirect", said, -9


def _reported(reader: Reader, spans: Sequence[tuple[int, int]]) -> None:
    """Add what sentences without marks report: "她还说，列车将于五月恢复运行。"."""
    text, language = reader.text, reader.language
    marked = reader.marked
    for start, end in spans:
        low = start
        for stop in [*(m.end() for m in END.finditer(text, start, end)), end]:
            at = bisect_right(marked, low, key=lambda mark: mark.outer_start) - 1
            if at >= 0 and low < marked[at].outer_end:
                low = marked[at].outer_end
                at += 1
            at = max(at, 0)
            near = marked[at : at + 2]
            if stop > low and not any(m.outer_start < stop and m.outer_end > low for m in near):
                according = _according(reader, low, stop)
                if according is not None:
                    reader.add(*according)
                cue = (
                    None
                    if language.after_marks
                    else next(
                        (
                            m
                            for m in reader.patterns.cue.finditer(text, low, stop)
                            if text[m.end() : m.end() + 1] in ("，", ",")
                        ),
                        None,
                    )
                )
                span = reader.phrase(low, cue.start()) if cue else None
                if cue is not None and span is not None:
                    last = stop
                    while last > cue.end() and text[last - 1] in "。！？!?\n ":
                        last -= 1
                    first = cue.end() + 1
                    if last > first:
                        reader.add(first, last, "indirect", Said(span, cue.span(), "before"), -9)
            low = stop
