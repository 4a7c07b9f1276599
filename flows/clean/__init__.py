"""Cleaning: a page's bytes or text in, the article and everything stripped from it out. Pure: no
network, clock, database or Prefect.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import cache
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flows.clean.decode import charset_of, decode, is_binary, repair_mojibake
from flows.clean.html import clean_html
from flows.clean.language import detect_language
from flows.clean.metadata.site import host_of
from flows.clean.model import Block, Cleaned
from flows.clean.plain import clean_plain
from flows.clean.rules import RuleBook

__all__ = ["Block", "Cleaned", "clean_page"]

_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|article|div|p|table|script|h[1-6]|span|section|main|br|a\s+href|ul|img)\b[^<>]{0,2000}/?>",
    re.I,
)
MAX_SNIFFED = 20_000
"""Characters looked at to tell markup from text."""


def clean_page(
    content: bytes | str,
    *,
    is_html: bool | None = None,
    url: str | None = None,
    status: int | None = None,
    headers: Mapping[str, str] | None = None,
    fetched_at: datetime | None = None,
    language: str | None = None,
    timezone: str | None = None,
    book: RuleBook | None = None,
) -> Cleaned:
    """Clean one page; never raises for what the page holds. `book` holds the rules, the builtin
    ones by default (`flows.clean.rules.load_rules`).

    `is_html` None means: look. `headers` may name type and charset; `fetched_at` (aware) is what
    dates in the future are measured by. `language` (two letters) and `timezone` (an IANA name) are
    the source's: the first holds where the page declares no language, the second for times without
    a zone. An unknown time zone raises ValueError.
    """
    zone = _zone_of(timezone) if timezone else None
    kind = next((v for k, v in (headers or {}).items() if k.lower() == "content-type"), "")
    if isinstance(content, bytes):
        if is_binary(content):
            return Cleaned(
                "unreadable", "the bytes are no text: an image, an archive or the like", url=url
            )
        text, flags = decode(content, declared=charset_of(kind))
    else:
        text, garbled, is_repaired = repair_mojibake(content.replace("\x00", ""))
        flags = tuple(
            f for f, is_so in (("encoding_repaired", is_repaired), ("mojibake", garbled)) if is_so
        )
    if not text.strip():
        return Cleaned("empty", "the page has no characters", url=url, flags=flags)
    if is_html is None:
        is_html = looks_like_html(text, kind)
    if is_html:
        cleaned = clean_html(
            text,
            url=url,
            status=status,
            headers=headers,
            fetched_at=fetched_at,
            language=language,
            zone=zone,
            flags=flags,
            book=book,
        )
    else:
        cleaned = clean_plain(
            text, url=url, fetched_at=fetched_at, language=language, zone=zone, rules=book
        )
    return replace(
        cleaned,
        site=host_of(cleaned.url) or host_of(cleaned.canonical_url) or cleaned.site,
        language=cleaned.language or detect_language(cleaned.text),
        flags=tuple(sorted({*cleaned.flags, *flags})),
    )


@cache
def _zone_of(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f"unknown time zone: {name}") from error


def looks_like_html(text: str, content_type: str = "") -> bool:
    """Whether a page is markup: its first tags say so; the header is believed only where the text
    has no tag to show.
    """
    head = text[:MAX_SNIFFED]
    tags = sum(1 for _ in islice(_HTML.finditer(head), 3))
    return tags > 2 or (tags > 0 and ("html" in content_type or head.lstrip().startswith("<")))
