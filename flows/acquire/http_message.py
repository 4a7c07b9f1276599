"""Reads an HTTP response as archives store it: bare line feeds, folded lines, long heads, chunks
with extensions, encodings that are already undone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.acquire.codings import GZIP, CodingError, codings_of, decoded

STATUS = re.compile(rb"HTTP/[0-9.]{1,5}[ \t]+([0-9]{3})", re.IGNORECASE)
MAX_INTERIM = 8
"""Interim responses (100, 103) that are passed over before the final one."""
BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,12})[ \t]*(?:;[^\r\n]{0,10000})?\r?\n")
MAX_HEAD_BYTES = 1 << 20
"""Longest status line and headers; servers stop at 8 to 64 KiB, cookies at more."""


@dataclass(frozen=True, slots=True)
class Message:
    """A response: its status (None where no status line can be read), its headers, and where its
    body begins.
    """

    status: int | None
    headers: tuple[tuple[str, str], ...]
    body_at: int

    def header(self, name: str) -> str | None:
        """Return the first header called `name`, in small letters."""
        return next((value for key, value in self.headers if key.lower() == name), None)


def parse_head(block: bytes) -> Message | None:
    """Return the head of a response; None where `block` does not hold its end."""
    at, head = 0, block[: MAX_HEAD_BYTES + 4]
    for _ in range(MAX_INTERIM + 1):
        if not (found := BLANK_LINE.search(head, at)):
            return None
        status = STATUS.match(head, at)
        if not status or not status[1].startswith(b"1"):
            number = int(status[1]) if status else None
            return Message(number, tuple(fields(head[at : found.start()])), found.end())
        at = found.end()
    return None


def fields(head: bytes) -> list[tuple[str, str]]:
    """Return the header fields of a head, without its first line; a folded line belongs to the one
    before.
    """
    found: list[tuple[str, str]] = []
    for line in head.decode("utf-8", "replace").replace("\0", "").split("\n")[1:]:
        line = line.rstrip("\r")
        if line[:1] in (" ", "\t") and found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
        elif ":" in line:
            name, _, value = line.partition(":")
            found.append((name.strip(), value.strip()))
    return found


def body_of(block: bytes, message: Message, limit: int) -> bytes:
    """Return a response's body without chunks and encoding; raises CodingError past `limit` bytes
    and where it cannot be decoded.

    Some tools undo chunks and encoding and leave the headers that speak of them: where undoing
    fails, what begins as a page is one. Others leave gzip and lose its header: what begins as gzip
    is unpacked where the headers name no encoding.
    """
    body = block[message.body_at :]
    if "chunked" in (message.header("transfer-encoding") or "").lower():
        body = dechunked(body)
    try:
        codings = codings_of(message.header("content-encoding"))
        if not codings and body.startswith(GZIP):
            codings = ["gzip"]
        body = decoded(body, codings, limit) if codings else body
    except CodingError as error:
        if error.fault == "bomb" or not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            raise
    if len(body) > limit:
        raise CodingError("bomb", f"larger than {limit:,} bytes")
    return body


def dechunked(body: bytes) -> bytes:
    """Return a body put together from its chunks, up to the first place where there is none; the
    body itself where it has none.
    """
    parts: list[bytes] = []
    at = 0
    while found := CHUNK.match(body, at):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[found.end() : found.end() + size])
        at = found.end() + size
        while body[at : at + 1] in (b"\r", b"\n"):
            at += 1
    return b"".join(parts) or body


def is_whole(block: bytes, message: Message) -> bool:
    """Whether a response's own words say that nothing of its body is missing: its length, its last
    chunk, or the end of its document.
    """
    body = block[message.body_at :]
    length = message.header("content-length") or ""
    if length.isascii() and length.isdigit() and len(length) < 15:
        return len(body) >= int(length)
    if "chunked" in (message.header("transfer-encoding") or "").lower():
        return bool(re.search(rb"\n0+[^\r\n]{0,200}\r?\n\r?\n$", body[-300:]))
    return body.rstrip().lower().endswith(b"</html>")
