"""Speech after a dash: "– Nous attendons, dit Quill. – Encore." Many languages print it without
marks.

Here: where such speech begins, where the reporter breaks in, where it ends. Not here: marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.annotate.languages.load import Language
from flows.annotate.quotes.general.scan import phrases_at, words_of
from flows.annotate.quotes.marked import Marked
from flows.annotate.quotes.tokens import PUNCT, Token

_OPENS = re.compile(r"[–—―]\s?(?=[^\s\d–—―-])|-\s(?=[^\s\d–—―-])")
_IN_LINE = re.compile(r"(?<=[.!?…:;»”\"])\s[–—―-]\s?(?=[^\s\d–—―-])")
_BREAK = re.compile(r"\s[–—―-]\s?|(?<=[.,!?…])[–—―]\s?|(?<=\w)[–—―](?=[,.;:]?\s)|[,.!?…](?=\s)")
_SENTENCE_END = re.compile(r"[.!?…](?=\s+[^\s\da-zа-яёіїєґ])")
# Words behind a dash or a comma among which the reporting verb stands.
MAX_LEAD = 3
# Characters that hold that many words.
MAX_LOOK = 60
MIN_LETTERS = 2


def find_dashed(
    text: str, spans: Sequence[tuple[int, int]], language: Language
) -> Iterator[Marked]:
    """Yield the stretches of speech behind dashes, the reporter's words left out.

    A paragraph that begins with a dash is speech only where a reporting verb breaks into it, or
    where it answers such a paragraph right before it.
    """
    if not language.has_dash_speech:
        return
    answers = False
    for start, end in spans:
        opened = _OPENS.match(text, start, end)
        found = list(_turn(text, opened.end(), end, language)) if opened else []
        if not found and opened and answers:
            found = [_piece(text, opened.end(), end)]
        answers = bool(opened and found)
        if not opened:
            for inner in _IN_LINE.finditer(text, start, end):
                if found and inner.start() < found[-1].outer_end:
                    continue
                found += _turn(text, inner.end(), end, language)
        yield from (piece for piece in found if piece.end - piece.start >= MIN_LETTERS)


def _turn(text: str, start: int, end: int, language: Language) -> Iterator[Marked]:
    """Yield the pieces of the speech that begins at `start`: those before, between and behind the
    reporter's words; nothing where no reporting verb breaks in.
    """
    at, is_open = start, True
    pieces: list[Marked] = []
    broken = False
    for found in _BREAK.finditer(text, start, end):
        if found.start() < at:
            continue
        is_dash = (
            found.group().strip(" \t\u00a0\u202f")[:1] in "–—―-" and found.group().strip() != ""
        )
        if is_open and _reports(text, found.end(), end, language, is_dash=is_dash):
            stop = found.start() + (not is_dash and found.group() != ",")
            pieces.append(_piece(text, at, stop))
            is_open, at, broken = False, found.end(), True
        elif not is_open and is_dash:
            is_open, at = True, found.end()
        elif (
            not is_open
            and found.group() in ".!?…"
            and not language.is_inflected
            and not _has_dash(text, found.end(), end)
        ):
            if _is_narrated(text, found.end(), end, language):
                break
            is_open, at = True, found.end()  # "– Nej, säger Quill. Vi väntar."
    if not broken:
        return
    if is_open and at < end:
        stop = _narration(text, at, end, language)
        if stop > at:
            pieces.append(_piece(text, at, stop))
    yield from pieces


def _has_dash(text: str, start: int, end: int) -> bool:
    return any(f" {dash}" in text[start:end] for dash in "–—―")


def _narration(text: str, start: int, end: int, language: Language) -> int:
    """Return where the speech that goes on from `start` ends: before a sentence that holds marks
    or a reporting verb, else with the paragraph.
    """
    first = start
    for found in _SENTENCE_END.finditer(text, start, end):
        if found.end() - first < MIN_LETTERS:
            continue
        if _is_narrated(text, found.end(), end, language):
            return found.end()
    return end


def _is_narrated(text: str, start: int, end: int, language: Language) -> bool:
    """Whether the sentence from `start` on is the reporter's: it holds marks or a reporting
    verb.
    """
    following = _SENTENCE_END.search(text, start, end)
    last = following.end() if following else end
    return any(mark in text[start:last] for mark in '«»„“”"') or any(
        w.low in language.says or w.low in language.so_called or w.low in language.according
        for w in words_of(text, start, last, language)
    )


def _reports(text: str, at: int, end: int, language: Language, *, is_dash: bool) -> bool:
    """Whether the words at `at` begin with a reporting verb, auxiliaries before it."""
    words = words_of(text, at, min(end, at + MAX_LOOK), language)
    lead = MAX_LEAD if is_dash else 1
    for i, word in enumerate(words[: lead + 1]):
        if word.kind == PUNCT or (i == 0 and word.text[0].isupper() and language.is_cased):
            return False
        if word.low in language.says or any(phrases_at(words, i, language.says_phrases)):
            return i == 0 or all(_leads(w, language) for w in words[:i])
    return False


def _leads(word: Token, language: Language) -> bool:
    return word.low in language.auxiliaries or word.low in language.adverbs


def _piece(text: str, start: int, end: int) -> Marked:
    while start < end and (text[start].isspace() or text[start] in ",.;:"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    outer_end = end
    while end > start and text[end - 1] in ", \u00a0":
        end -= 1
    return Marked(start, max(start, end), start, max(start, outer_end), "dash")
