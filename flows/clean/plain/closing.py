"""Where an article goes on behind its last paragraph: the rest of a numbered list, lines that are
alike, a paragraph without its stop, the last sentences of the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.clean.plain.prose import Form

NUMBERED = re.compile(r"\W?(\d{1,3})(?:\s?[.)º°–-]|[^\W\d_]{1,2}\b)\s?\S")

MAX_BETWEEN = 3
"""Blocks between two items of a numbered list: an item's own line of text, its link, a
picture's.
"""

MIN_LOST_STOP = 100
"""Columns from which a block without a full stop right behind the article is its paragraph:
headlines are narrower.
"""

MIN_ALIKE, MIN_LINES_ALIKE = 2, 5
"""Words that each line of a list shares with the one before, and lines that make such a list."""

MAX_LAST = 3
"""Most sentences at the end of a page that are taken for the last ones of its article: furniture is
longer, or no sentence.
"""

WORD = re.compile(r"[^\W\d_]{3,}")


def lengthened(forms: Sequence[Form], first: int, end: int) -> int:
    """Return the article's end behind what closes it; `first` and `end` are its blocks so far,
    `end` exclusive.
    """
    while (
        more := max(
            _numbered(forms, first, end),
            _stopless(forms, end),
            _alike(forms, end),
            _last_sentences(forms, end),
        )
    ) > end:
        for form in forms[end:more]:
            form.is_item = True
        end = more
    return end


def _numbered(forms: Sequence[Form], first: int, end: int) -> int:
    """Behind the next items of a list whose last number in the article is known; each brings what
    stands before the following one.
    """
    last = next(
        (
            n
            for form in reversed(forms[max(first, end - MAX_BETWEEN - 1) : end])
            if (n := number_of(form)) is not None
        ),
        None,
    )
    if last is None or last < 2:
        return end
    at, stop = end, end
    while at < min(stop + MAX_BETWEEN, len(forms)):
        if number_of(forms[at]) == last + 1:
            step = at - stop
            last, stop = last + 1, at + 1
            # the last item's own lines, as many as the items before it had
            following = min(stop + max(step, 0), len(forms))
            if all(form.rule is None for form in forms[stop:following]):
                stop = following
        elif forms[at].rule is not None:
            break
        at += 1
    return stop


def number_of(form: Form) -> int | None:
    """Return the number that a list's item begins with, None where the block is no such item."""
    found = NUMBERED.match(form.text)
    return int(found[1]) if found and form.rule is None else None


def _stopless(forms: Sequence[Form], end: int) -> int:
    at = end
    while 0 < at < len(forms) and _is_open(forms[at]):
        at += 1
    return at


def _is_open(form: Form) -> bool:
    return (
        form.width >= MIN_LOST_STOP
        and form.rule is None
        and not form.is_brief
        and form.repeats == 1
        and not form.text.endswith(("…", "..."))
    )


def _last_sentences(forms: Sequence[Form], end: int) -> int:
    """Behind the few sentences with which article and page end ("No one was hurt.")."""
    last = forms[end:]
    is_end = end > 0 and len(last) <= MAX_LAST and all(map(_is_own_sentence, last))
    return len(forms) if is_end else end


def _is_own_sentence(form: Form) -> bool:
    is_plain = not (form.is_brief or form.is_comment or form.is_cell) and form.rule is None
    return form.is_sentence and is_plain and form.repeats == 1


def _alike(forms: Sequence[Form], end: int) -> int:
    """Behind a run of short lines that are built alike, right behind the article or under one
    heading.
    """
    for start in (end, end + 1):
        at = start
        while at + 1 < len(forms) and _are_alike(forms[at], forms[at + 1]):
            at += 1
        if (
            at > start
            and at + 1 - start >= MIN_LINES_ALIKE
            and all(form.rule is None for form in forms[end:start])
        ):
            return at + 1
    return end


def _are_alike(one: Form, other: Form) -> bool:
    if (
        one.rule is not None
        or other.rule is not None
        or one.text == other.text
        or ":" not in one.text
        or ":" not in other.text
    ):
        return False
    return len({*WORD.findall(one.text)} & {*WORD.findall(other.text)}) >= MIN_ALIKE
