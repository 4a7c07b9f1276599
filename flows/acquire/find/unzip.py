"""Unpacks gzip where there is any, up to a limit."""

from __future__ import annotations

import zlib

GZIP = b"\x1f\x8b"
MAX_LAYERS = 2
"""A file may be packed twice: by the publisher's program and by a server."""


def unzipped(content: bytes, limit: int) -> tuple[bytes, bool]:
    """Return at most `limit` bytes of `content`, unpacked where it begins as gzip does, and whether
    that is all of it.

    What a broken or cut stream gave before it broke is returned.
    """
    is_whole = len(content) <= limit
    for _ in range(MAX_LAYERS):
        if not content.startswith(GZIP):
            break
        content, is_whole = _unpacked(content, limit)
    return content[:limit], is_whole


def _unpacked(content: bytes, limit: int) -> tuple[bytes, bool]:
    whole, rest = bytearray(), content
    while rest.startswith(GZIP):
        stream = zlib.decompressobj(wbits=31)
        try:
            whole += stream.decompress(rest, limit + 1 - len(whole))
        except zlib.error:
            return bytes(whole[:limit]), False
        if len(whole) > limit or not stream.eof:
            return bytes(whole[:limit]), False
        rest = stream.unused_data.lstrip(b"\0")
    return bytes(whole), not rest
