"""What no news page has: rejected as too large before it costs seconds and gigabytes.

The limits are measured: of 1,517 real pages of news sites the largest has 2.2 MB, 19,000 tags,
5,600 blocks, 630 paragraphs and 19,000 attributes. What stays below them takes at most 3 s of CPU
time. The length of an article's text is limited where pages are classified
(`flows/clean/outcome.py`).
"""

from __future__ import annotations

import re

import numpy as np

from flows.acquire.page import TooLargePageError

MAX_TEXT_BYTES = 1_000_000
"""Plain text. A novel has less."""

MAX_TAGS = 300_000
MAX_BLOCKS = 30_000
MAX_PARAGRAPHS = 10_000
MAX_TAG_ATTRIBUTES = 5_000
"""Attributes of one tag: the parser compares each with all before it."""

BLOCK = re.compile(
    rb"<(?:p|div|li|td|tr|h[1-6]|br|dd|dt|blockquote|section|article)\b", re.IGNORECASE
)
PARAGRAPH = re.compile(rb"<p\b", re.IGNORECASE)
TAG_START = ord("<")
MAX_TAG = 20_000
"""Bytes up to which a tag, with the text behind it, is not looked at."""

QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
TAG = re.compile(rb"(?>[^>\"']+|\"[^\"]*\"|'[^']*'|[\"'])*+")
"""A tag up to its end, which does not stand within quotes."""


def check_size(content: bytes, *, is_html: bool) -> None:
    """Raise TooLargePageError where a page is larger than any page is; costs milliseconds."""
    if not is_html:
        _hold("bytes of plain text", len(content), MAX_TEXT_BYTES)
        return
    starts = np.flatnonzero(np.frombuffer(content, np.uint8) == TAG_START)
    if len(starts) >= MAX_PARAGRAPHS:  # fewer tags break none of these limits
        _hold("tags", len(starts), MAX_TAGS)
        _hold("blocks", sum(1 for _ in BLOCK.finditer(content)), MAX_BLOCKS)
        _hold("paragraphs", sum(1 for _ in PARAGRAPH.finditer(content)), MAX_PARAGRAPHS)
    lengths = np.diff(starts, append=len(content))
    is_long = lengths > MAX_TAG + 1
    for start, length in zip(starts[is_long].tolist(), lengths[is_long].tolist(), strict=True):
        if content[start + 1 : start + 2].isalpha():
            tag = TAG.match(content, start, start + length)
            names = QUOTED.sub(b"", tag[0] if tag else b"").split()
            _hold("attributes of one tag", len(names) - 1, MAX_TAG_ATTRIBUTES)


def _hold(what: str, found: int, limit: int) -> None:
    if found > limit:
        raise TooLargePageError(f"{found:,} {what}, more than {limit:,}")
