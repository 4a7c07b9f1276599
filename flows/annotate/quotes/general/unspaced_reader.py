"""What stands around the marks of a text in a script without spaces, read as characters: clauses,
verbs, speakers.

Not here: which quotations are kept, reported speech (`unspaced`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from flows.annotate.languages.load import Language
from flows.annotate.model import Quote
from flows.annotate.quotes.marked import Marked

END = re.compile(r"[。！？!?\n]")
_COMMA = "，,、；;：:"
# Characters of a clause before or behind a quotation that are read.
MAX_LOOK = 80
# Characters between a verb and a few words in marks that end the sentence.
MAX_CALLED = 6
# Characters of a speaker's phrase.
MAX_PHRASE = 24


@dataclass(frozen=True, slots=True)
class _Patterns:
    cue: re.Pattern[str]
    role: re.Pattern[str] | None
    stop: re.Pattern[str]
    subject: re.Pattern[str] | None
    other: re.Pattern[str] | None
    copula: re.Pattern[str]
    thus: re.Pattern[str]
    according: re.Pattern[str] | None


@cache
def _patterns(language: Language) -> _Patterns:
    return _Patterns(
        _any(language.says | language.names),
        _any(language.roles | language.roles_he | language.roles_she),
        _any(language.stops | language.time_words),
        _any(frozenset(language.subject_endings)) if language.subject_endings else None,
        _any(frozenset(language.other_endings)) if language.other_endings else None,
        _any(language.copulas),
        _any(language.thus),
        _any(frozenset(p[0] for some in language.according.values() for p in some))
        if language.according
        else None,
    )


def _any(words: frozenset[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, ordered)) or r"(?!)")


@dataclass(frozen=True, slots=True)
class Said:
    """A speaker's characters, None where the subject is left out, the cue, the pattern."""

    span: tuple[int, int] | None
    cue: tuple[int, int] | None
    pattern: str
    is_near: bool = True
    is_naming: bool = False


class Reader:
    """Reads what stands around the marks of one text, and keeps whom it names."""

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
        """Keep that the text speaks of `name` at character `at`."""
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
        """Return where the sentence before character `at` begins, or the last marks end."""
        low = max(0, at - MAX_LOOK)
        found = [m.end() for m in END.finditer(self.text, low, at)]
        before = bisect_right(self._ends, at)
        return max([low, *found, *self._ends[max(0, before - 1) : before]])

    def said(self, mark: Marked) -> Said | None:
        """Return who says the words of `mark`, by the words behind it, else before it."""
        return self._behind(mark) or self._ahead(mark)

    def _behind(self, mark: Marked) -> Said | None:
        text, language, patterns = self.text, self.language, self.patterns
        at = mark.outer_end
        noun = max((n for n in language.noun_marks if text.startswith(n, at)), key=len, default="")
        if noun and not END.match(text, at + len(noun)):
            return None  # 「…」という方針: the words belong to a noun
        found = END.search(text, at, at + MAX_LOOK)
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
        if at == end and not glued:
            return self._thus(at)
        if language.after_marks:
            if not glued:
                return None
            if cue is not None:
                low = self.clause_start(mark.outer_start)
                before = self.phrase(low, mark.outer_start)
                behind = self.phrase(at, cue.start()) if cue.start() > at else None
                return Said(behind or before, cue.span(), "before")
            if self.patterns.subject and self.patterns.subject.search(text, at, end):
                return None  # a clause with a verb that is not listed
            if at < end and end - at <= MAX_PHRASE:
                return Said((at, end), None, "after")
            return None
        if cue is None or cue.start() - at > MAX_PHRASE or text[cue.end() : cue.end() + 1] == "：":
            return None
        if cue.start() == at:
            return Said(None, cue.span(), "inverted")
        span = self.phrase(at, cue.start())
        return Said(span, cue.span(), "after") if span else None

    def _thus(self, at: int) -> Said | None:
        """Return the report in the sentence behind a full stop: 「…」。市長はこう述べた。"""
        text, patterns = self.text, self.patterns
        found = END.search(text, at + 1, at + MAX_LOOK)
        end = found.start() if found else min(len(text), at + MAX_LOOK)
        following = bisect_left(self._starts, at)
        if self._starts[following : following + 1] and self._starts[following] < end:
            return None
        thus = patterns.thus.search(text, at, end)
        cue = patterns.cue.search(text, thus.end(), end) if thus else None
        span = self.phrase(at + 1, end) if cue else None
        return Said(span, cue.span(), "after", is_near=False) if cue and span else None

    def _ahead(self, mark: Marked) -> Said | None:
        text, patterns = self.text, self.patterns
        at = mark.outer_start
        low = self.clause_start(at)
        cues = list(patterns.cue.finditer(text, low, at))
        if cues and not self.language.after_marks:
            cue = cues[-1]
            near = at - cue.end() <= 2
            closes = text[mark.outer_end : mark.outer_end + 1] in ("。", "，", ".", ",")
            names = closes and at - cue.end() <= MAX_CALLED  # 称该计划“太疯狂”。
            first = low
            span = self.phrase(first, cue.start())
            clause = self._last_comma(low, cue.start())
            if clause > low and cue.start() > clause:
                own = self.phrase(clause, cue.start())
                opener = text[clause : clause + 1]
                if own is not None and (opener in self.language.he | self.language.she):
                    span = own
            return Said(span, cue.span(), "before", near, names)
        if patterns.according is not None:
            found = patterns.according.search(text, low, at)
            if found is not None:
                span = (low, found.start()) if self.language.after_marks else None
                if span is None:
                    span = self.phrase(found.end(), at)
                return Said(span, found.span(), "according-to") if span else None
        if text[at - 1 : at] in ("：", ":"):
            span = self.phrase(low, at - 1)
            return Said(span, None, "colon") if span else None
        return None

    def add(self, start: int, end: int, kind: str, said: Said | None, paragraph: int) -> None:
        """Add the quotation at characters `start:end`."""
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
