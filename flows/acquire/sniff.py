"""What bytes are, whatever a header calls them: HTML, XML, JSON, text, or nothing to read."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["html", "xml", "json", "text", "gzip", "binary"]

HEAD_BYTES = 2048
"""Bytes that are looked at, as browsers do (1,445 by the standard)."""

MAGIC = (
    b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"OggS", b"ID3",
    b"RIFF", b"\x00\x00\x01\x00", b"wOFF", b"wOF2", b"Rar!", b"7z\xbc\xaf", b"\x1aE\xdf\xa3",
)  # fmt: skip
VAGUE_TYPES = frozenset(
    (
        "",
        "application/octet-stream",
        "binary/octet-stream",
        "application/unknown",
        "unknown/unknown",
        "content/unknown",
        "application/x-unknown",
        "application/x-download",
        "application/force-download",
        "text/text",
        "text",
        "*/*",
    )
)
"""Types that say nothing: the bytes decide."""
UTF16 = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

HTML = re.compile(
    r"<(?:!doctype\s{1,20}html|(?:html|head|body|meta|title|base|link|script|style|div|p|h[1-6]|table|"
    r"article|main|section|header|nav|span|center|font|img|ul|ol|a|br|iframe|form)[\s/>])",
    re.IGNORECASE,
)
SKIPPED = (("<!--", "-->"), ("<?", "?>"))
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def is_vague(named: str) -> bool:
    """Whether a content type, in small letters, says nothing of the bytes."""
    return named in VAGUE_TYPES or "/" not in named


def sniff(content: bytes) -> Kind:
    """Return what `content` is by its first bytes; nothing at all is text."""
    head = content[:HEAD_BYTES]
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    text = next((head[2:].decode(n, "replace") for mark, n in UTF16 if head.startswith(mark)), None)
    if text is None and head[:4] in (b"<\x00!\x00", b"<\x00h\x00", b"<\x00?\x00"):
        text = head.decode("utf-16-le", "replace")
    if text is None:
        if head.startswith(MAGIC) or head[4:8] == b"ftyp":
            return "binary"
        text = head.decode("utf-8", "replace")
    text = text.lstrip("\ufeff \t\r\n")
    if text.startswith("<") and HTML.match(text, _first_element(text)):
        return "html"  # a stray control character does not make a page something else
    if CONTROL.search(text):
        return "binary"
    if text[:1] in ("{", "["):
        return "json"
    if not text.startswith("<"):
        return "text"
    return "xml"


def _first_element(text: str) -> int:
    """Return where the first element or document type begins, behind comments and
    instructions.
    """
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        end = next((end for start, end in SKIPPED if text.startswith(start, at)), None)
        found = text.find(end, at) if end else -1
        if end is None or found < 0:
            return at
        at = found + len(end)
