"""Where readers' comments begin behind an article: at a heading that names them, or at the first of
several signatures ("harbourfan says:", "2 days ago at 07:47 am"). For HTML and for plain text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from flows.clean.metadata.dates import parse_date
from flows.clean.wording import small, small_wording, wording

MIN_BEFORE = 2
"""Paragraphs of the article before its comments: an article stands above them."""

MIN_SIGNATURES = 2
"""Signatures that make a thread where no heading names it."""

MAX_SIGNATURE, MAX_NAME = 90, 40
"""Characters of a line that signs a comment, and of a name alone above one."""

MAX_GAP = 3
"""Lines from a heading to the first signature under it."""

_NO_SAYING = frozenset('.,!?…)]"”0123456789')
"""Ends of lines that say nothing of who speaks: a quick no for most lines."""

_FIGURE = re.compile(r"\d")
_YEAR = re.compile(r"\d{4}|\d\d\W*\d\d:")
_HEADING = wording(".", "comments.heading")
_SAYS = small_wording(".", "comments.says")
_WHEN = small_wording(".", "comments.when")
_REPLY = wording(".", "comments.reply")


def find_comments(texts: Sequence[str], is_paragraph: Sequence[bool]) -> int | None:
    """Return the place of the first line of the comments among the lines of a page or an article;
    None where there are none.
    """
    before = 0
    signed = [at for at in range(len(texts)) if is_signature(texts, at)]
    for at, text in enumerate(texts):
        if before >= MIN_BEFORE:
            seen = bisect_left(signed, at)
            later = signed[seen : seen + MIN_SIGNATURES]
            if _HEADING.match(text) and (
                (later and later[0] - at <= MAX_GAP) or _is_dated(texts[at + 1 : at + 1 + MAX_GAP])
            ):
                return at
            if later[:1] == [at] and len(later) >= MIN_SIGNATURES:
                return at - 1 if _is_name(texts[at - 1]) and not is_paragraph[at - 1] else at
        before += is_paragraph[at]
    return None


def is_signature(texts: Sequence[str], at: int) -> bool:
    """Whether a line says who wrote a comment and when, or when alone with a button to reply."""
    text = texts[at]
    if len(text) > MAX_SIGNATURE:
        return False
    says = text[-1:] not in _NO_SAYING and _SAYS.search(small(text[-MAX_NAME:])) is not None
    has_time = _FIGURE.search(text) is not None and (_is_ago(text) or _is_clocked(text))
    if says:
        near = texts[at + 1 : at + 3]
        return has_time or any(
            len(line) <= MAX_SIGNATURE and (_is_ago(line) or _is_clocked(line)) for line in near
        )
    if not has_time:
        return False
    if not _is_clocked(text) and len(_WHEN.sub("", small(text))) > MAX_NAME:
        return False
    around = (*texts[max(0, at - 1) : at], *texts[at + 1 : at + 4])
    return any(_REPLY.fullmatch(line.strip(" |·•↩↪»")) for line in around)


def _is_dated(lines: Sequence[str]) -> bool:
    """Whether a short line says how long ago something was written: below a heading of comments
    that is enough, buttons to reply are often no text.
    """
    return any(len(line) <= MAX_NAME and _is_ago(line) for line in lines)


def _is_ago(text: str) -> bool:
    """Whether a line says how long ago something was written."""
    return _WHEN.search(small(text)) is not None


def _is_clocked(text: str) -> bool:
    """Whether a line gives a day with its time."""
    if not any(mark in text for mark in ":.h時时시") or not _YEAR.search(text):
        return False
    when = parse_date(text)
    return when is not None and when.precision in ("minute", "second")


def _is_name(text: str) -> bool:
    return 0 < len(text) <= MAX_NAME and len(text.split()) <= 4 and text[-1] not in ".!?:…"
