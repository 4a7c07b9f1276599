"""Repairs XML that publishers write by hand or by template, so that a strict parser reads it: wrong
encodings, bare ampersands, references to characters that do not exist, names of HTML.

One pass each, linear in the size of the file; CDATA sections and comments stay as they are.
"""

from __future__ import annotations

import html
import re
from itertools import groupby

from flows.clean.decode import decode

DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,200}\?>")
REFERENCE = re.compile(
    r"(?P<number>(?:&#(?:[xX][0-9a-fA-F]{1,12}|[0-9]{1,12});?)+)|&(?P<name>[A-Za-z][A-Za-z0-9]{1,31});|&"
)
NUMBER = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that XML 1.0 does not allow."""

XML_NAMES = frozenset(("amp", "lt", "gt", "quot", "apos"))
VERBATIM = (("<![CDATA[", "]]>"), ("<!--", "-->"))
REPLACEMENT = "\ufffd"


def decode_xml(content: bytes, declared: str | None = None) -> str:
    """Return the text of an XML file as browsers decode pages (`clean/decode.py`); `declared` is
    the header's charset. An unknown name counts for nothing.
    """
    return decode(content, declared=declared)[0].lstrip("\ufeff")


def repaired(text: str) -> str:
    """Return XML without its declaration, as a parser can read it."""
    if found := DECLARATION.match(text):
        text = text[found.end() :]
    text = CONTROL.sub("", text)
    if "&" not in text:
        return text
    return "".join(
        part if is_kept else REFERENCE.sub(_repair, part) for part, is_kept in _parts(text)
    )


def _parts(text: str) -> list[tuple[str, bool]]:
    """Return the text in pieces, each with whether it is a CDATA section or a comment."""
    parts: list[tuple[str, bool]] = []
    at, following = 0, {start: text.find(start) for start, _ in VERBATIM}
    while True:
        start, end = min(
            VERBATIM, key=lambda mark: following[mark[0]] if following[mark[0]] >= 0 else len(text)
        )
        begins = following[start]
        ends = text.find(end, begins) if begins >= 0 else -1
        if begins < 0 or ends < 0:
            parts.append((text[at:], False))
            return parts
        parts.append((text[at:begins], False))
        at = ends + len(end)
        parts.append((text[begins:at], True))
        for mark, place in following.items():
            if 0 <= place < at:
                following[mark] = text.find(mark, at)


def _repair(found: re.Match[str]) -> str:
    if found["number"]:
        return _characters(found["number"])
    name = found["name"]
    if name is None:
        return "&amp;"
    if name in XML_NAMES:
        return found[0]
    letters = html.unescape(f"&{name};")
    return "".join(f"&#{ord(c)};" for c in letters) if letters[:1] != "&" else f"&amp;{name};"


def _characters(references: str) -> str:
    """Return a row of numeric references as the characters they mean; two halves of a surrogate
    pair are one character.
    """
    codes = [int(n[1], 16) if n[1] else int(n[2]) for n in NUMBER.finditer(references)]
    found = ""
    for is_half, group in groupby(codes, key=lambda code: 0xD800 <= code <= 0xDFFF):
        if is_half:
            units = b"".join(code.to_bytes(2, "little") for code in group)
            found += units.decode("utf-16-le", "replace")
        else:
            found += "".join(chr(c) if 0 < c <= 0x10FFFF else REPLACEMENT for c in group)
    found = CONTROL.sub("", found)
    return "".join(c if c in "\t\n\r" else f"&#{ord(c)};" for c in found)
