"""Quotations and speakers in scripts without spaces (Chinese, Japanese): the words around the marks
are read as characters.

Not here: where the marks are (`marks`), the word lists (`flows.annotate.languages`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from flows.annotate.languages.load import Language
from flows.annotate.model import Quote
from flows.annotate.quotes.general.attribution import Report
from flows.annotate.quotes.general.filters import count_words, is_quotation, kind_of
from flows.annotate.quotes.general.people import People
from flows.annotate.quotes.marked import Marked
from flows.annotate.quotes.tokens import WORD, Token

_END = re.compile(r"[。！？!?\n]")
_COMMA = "，,、；;：:"
# Characters of a clause before or behind a quotation that are read.
MAX_LOOK = 80
# Characters of a speaker's phrase.
MAX_PHRASE = 24


@dataclass(frozen=True, slots=True)
class _Patterns:
    cue: re.Pattern[str]
    role: re.Pattern[str] | None
    stop: re.Pattern[str]
    subject: re.Pattern[str] | None
    other: re.Pattern[str] | None
    according: re.Pattern[str] | None


@cache
def _patterns(language: Language) -> _Patterns:
    return _Patterns(
        _any(language.says | language.names),
        _any(language.roles | language.roles_he | language.roles_she),
        _any(language.stops | language.time_words),
        _any(frozenset(language.subject_endings)) if language.subject_endings else None,
        _any(frozenset(language.other_endings)) if language.other_endings else None,
        _any(frozenset(p[0] for some in language.according.values() for p in some))
        if language.according
        else None,
    )


def _any(words: frozenset[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, ordered)) or r"(?!)")


@dataclass(frozen=True, slots=True)
class _Said:
    """A speaker's characters, None where the subject is left out, the cue, the pattern."""

    span: tuple[int, int] | None
    cue: tuple[int, int] | None
    pattern: str
    is_near: bool = True


class _Reader:
    def __init__(self, text: str, marked: Sequence[Marked], language: Language) -> None:
        self.text, self.language = text, language
        self.marked = list(marked)
        self._starts = [mark.outer_start for mark in marked]
        self._ends = [mark.outer_end for mark in marked]
        self.patterns = _patterns(language)
        self.full: dict[str, str] = {}
        self.people: list[tuple[int, str]] = []
        self.found: list[Quote] = []
        self.last: tuple[int, Quote] | None = None

    def name(self, start: int, end: int) -> str | None:
        """Return the full name that the phrase `start:end` stands for, None for an unknown
        "he".
        """
        language, words = self.language, self.text[start:end]
        if words in language.he | language.she | language.they:
            return self.people[-1][1] if self.people and words not in language.they else None
        bare = self.strip(words)
        if not bare:  # an office alone
            return self.people[-1][1] if self.people else words
        known = self.full.get(bare[:2]) if len(bare) > 1 else None
        if known is None and len(bare) <= 2:
            known = next((full for full in self.full.values() if full.startswith(bare)), None)
        return known if known is not None and known.startswith(bare) else bare

    def strip(self, words: str) -> str:
        """Return a speaker's phrase without offices and what stands before them."""
        if "の" in words[:-1] and self.language.subject_endings:
            words = words[words.rindex("の", 0, len(words) - 1) + 1 :]
        roles = list(self.patterns.role.finditer(words)) if self.patterns.role else []
        if not roles:
            return words
        last = roles[-1]
        if last.end() < len(words):
            return words[last.end() :].strip("，,、 ")
        head = words[: roles[0].start()] if roles[0].start() else ""
        first = roles[-1].start()
        return (words[:first] if self.language.subject_endings else head).strip("，,、 ")

    def learn(self, name: str | None, at: int) -> None:
        if name is None:
            return
        if len(name) > 2:
            self.full.setdefault(name[:2], name)
        self.people.append((at, name))

    def phrase(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the speaker within `start:end`, a clause up to its verb."""
        text, patterns = self.text, self.patterns
        while start < end and (text[start] in _COMMA or text[start].isspace()):
            start += 1
        if patterns.subject is not None:
            found = next(
                (m for m in patterns.subject.finditer(text, start, end) if m.start() > start), None
            )
            if found is None:
                return None
            start = self._last_comma(start, found.start())
            if patterns.other is not None:
                ends = (m.end() for m in patterns.other.finditer(text, start, found.start()))
                start = max((end for end in ends if end < found.start()), default=start)
            return (start, found.start()) if found.start() > start else None
        according = patterns.according.match(text, start, end) if patterns.according else None
        start = according.end() if according is not None else start  # 据警方称
        lead = patterns.stop.match(text, start, end)
        while lead is not None and lead.end() > start:
            start = lead.end()
            lead = patterns.stop.match(text, start, end)
        stop = patterns.stop.search(text, start + 1, end)
        while stop is not None and stop.start() - start < 2 and stop.group() not in "在还也说":
            stop = patterns.stop.search(text, stop.end(), end)
        limit = stop.start() if stop is not None else end
        comma = next((i for i in range(start, limit) if text[i] in _COMMA), limit)
        limit = min(limit, comma)
        cue = next((m for m in patterns.cue.finditer(text, start + 1, limit)), None)
        if cue is not None:
            limit = cue.start()
        return (start, limit) if start < limit <= start + MAX_PHRASE else None

    def _last_comma(self, start: int, end: int) -> int:
        return max((i + 1 for i in range(start, end) if self.text[i] in _COMMA), default=start)

    def clause_start(self, at: int) -> int:
        low = max(0, at - MAX_LOOK)
        found = [m.end() for m in _END.finditer(self.text, low, at)]
        before = bisect_right(self._ends, at)
        return max([low, *found, *self._ends[max(0, before - 1) : before]])

    def said(self, mark: Marked) -> _Said | None:
        return self._behind(mark) or self._ahead(mark)

    def _behind(self, mark: Marked) -> _Said | None:
        text, language, patterns = self.text, self.language, self.patterns
        at = mark.outer_end
        noun = max((n for n in language.noun_marks if text.startswith(n, at)), key=len, default="")
        if noun and not _END.match(text, at + len(noun)):
            return None  # 「…」という方針: the words belong to a noun
        found = _END.search(text, at, at + MAX_LOOK)
        end = found.start() if found else min(len(text), at + MAX_LOOK)
        following = bisect_left(self._starts, at)
        end = min([end, *self._starts[following : following + 1]])
        glued = ""
        for particle in sorted(language.after_marks, key=len, reverse=True):
            if text.startswith(particle, at):
                glued = particle
                at += len(particle)
                break
        while at < end and text[at] in _COMMA:
            at += 1
        cue = patterns.cue.search(text, at, end)
        if language.after_marks:
            if not glued:
                return None
            if cue is not None:
                low = self.clause_start(mark.outer_start)
                before = self.phrase(low, mark.outer_start)
                behind = self.phrase(at, cue.start()) if cue.start() > at else None
                return _Said(behind or before, cue.span(), "before")
            if self.patterns.subject and self.patterns.subject.search(text, at, end):
                return None  # a clause with a verb that is not listed
            if at < end and end - at <= MAX_PHRASE:
                return _Said((at, end), None, "after")
            return None
        if cue is None or cue.start() - at > MAX_PHRASE or text[cue.end() : cue.end() + 1] == "：":
            return None
        if cue.start() == at:
            return _Said(None, cue.span(), "inverted")
        span = self.phrase(at, cue.start())
        return _Said(span, cue.span(), "after") if span else None

    def _ahead(self, mark: Marked) -> _Said | None:
        text, patterns = self.text, self.patterns
        at = mark.outer_start
        low = self.clause_start(at)
        cues = list(patterns.cue.finditer(text, low, at))
        if cues and not self.language.after_marks:
            cue = cues[-1]
            near = at - cue.end() <= 2
            first = low
            span = self.phrase(first, cue.start())
            clause = self._last_comma(low, cue.start())
            if clause > low and cue.start() > clause:
                own = self.phrase(clause, cue.start())
                opener = text[clause : clause + 1]
                if own is not None and (opener in self.language.he | self.language.she):
                    span = own
            return _Said(span, cue.span(), "before", near)
        if patterns.according is not None:
            found = patterns.according.search(text, low, at)
            if found is not None:
                span = (low, found.start()) if self.language.after_marks else None
                if span is None:
                    span = self.phrase(found.end(), at)
                return _Said(span, found.span(), "according-to") if span else None
        if text[at - 1 : at] in ("：", ":"):
            span = self.phrase(low, at - 1)
            return _Said(span, None, "colon") if span else None
        return None

    def add(self, start: int, end: int, kind: str, said: _Said | None, paragraph: int) -> None:
        text = self.text
        if said is None:
            self.found.append(Quote(start, end, text[start:end], kind))
            return
        if said.pattern == "carried" and self.last is not None:
            last = self.last[1]
            quote = Quote(
                start,
                end,
                text[start:end],
                kind,
                last.speaker,
                last.speaker_surface,
                last.speaker_start,
                last.speaker_end,
                last.cue,
                "carried",
            )
        else:
            cue = text[slice(*said.cue)] if said.cue else None
            if said.span is None:
                name = self.people[-1][1] if self.people else None
                quote = Quote(
                    start, end, text[start:end], kind, name, cue=cue, pattern=said.pattern
                )
            else:
                first, last_at = said.span
                name = self.name(first, last_at)
                self.learn(name, first)
                quote = Quote(
                    start,
                    end,
                    text[start:end],
                    kind,
                    name,
                    text[first:last_at],
                    first,
                    last_at,
                    cue,
                    said.pattern,
                )
        self.found.append(quote)
        self.last = (paragraph, quote)


def find(
    text: str, spans: Sequence[tuple[int, int]], marked: Sequence[Marked], language: Language
) -> tuple[tuple[Quote, ...], People]:
    """Return the quotations of `text` in order and its people; `marked` stands in marks."""
    reader = _Reader(text, marked, language)
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
                said = _Said(None, None, "carried", is_near=False)
                report = Report("carried", None, None, is_near=False)
        word = _word_before(text, mark, language)
        before_tokens = [word] if word else []
        if not is_quotation(text, mark, before_tokens, report, language):
            continue
        if (
            said is not None
            and not said.is_near
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


def _introduce(reader: _Reader, start: int, end: int) -> None:
    """Learn the people whom sentences between quotations name by an office."""
    text = reader.text
    if reader.patterns.role is None:
        return
    for found in reader.patterns.role.finditer(text, start, end):
        low = reader.clause_start(found.start())
        span = reader.phrase(low, min(end, found.end() + MAX_PHRASE))
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


def _reported(reader: _Reader, spans: Sequence[tuple[int, int]]) -> None:
    """Add what sentences without marks report: "她还说，列车将于五月恢复运行。"."""
    text, language = reader.text, reader.language
    if language.after_marks:
        return
    marked = reader.marked
    for start, end in spans:
        low = start
        for stop in [*(m.end() for m in _END.finditer(text, start, end)), end]:
            at = bisect_right(marked, low, key=lambda mark: mark.outer_start) - 1
            if at >= 0 and low < marked[at].outer_end:
                low = marked[at].outer_end
                at += 1
            at = max(at, 0)
            near = marked[at : at + 2]
            if stop > low and not any(m.outer_start < stop and m.outer_end > low for m in near):
                cue = next(
                    (
                        m
                        for m in reader.patterns.cue.finditer(text, low, stop)
                        if text[m.end() : m.end() + 1] in ("，", ",")
                    ),
                    None,
                )
                span = reader.phrase(low, cue.start()) if cue else None
                if cue is not None and span is not None:
                    last = stop
                    while last > cue.end() and text[last - 1] in "。！？!?\n ":
                        last -= 1
                    first = cue.end() + 1
                    if last > first:
                        reader.add(first, last, "indirect", _Said(span, cue.span(), "before"), -9)
            low = stop
