"""Erases records from the raw store without moving any other record.

Other rows point at records by their byte offset. So a record is overwritten in place by a record of
exactly the same length, of the type `erased`, which readers of WARC pass over.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path

from flows.acquire.raw.files import RawFiles
from flows.acquire.raw.store import Member, members

TARGET = re.compile(rb"\r\nWARC-(?:Target-URI|Refers-To-Target-URI): <?([^\r\n>]+)>?\r\n")

GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""A gzip member's header without name, time and extra field."""

MAX_STORED = 65_535
"""Bytes of one stored (uncompressed) block of deflate."""

FIXED_BYTES = len(GZIP_HEAD) + 8
"""Bytes of a gzip member beside its blocks: header, checksum and size."""


def erase_urls(files: RawFiles, urls: Collection[str]) -> int:
    """Overwrite every record whose target is one of `urls`; return how many.

    The caller holds the run lock, so that nobody appends. Can be done again after a crash: what is
    overwritten has no target any more. Every file of an object store is read for it.
    """
    wanted = {url.encode() for url in urls}
    count = 0
    for path in files.each():
        if erased := _erase_in(path, wanted):
            files.put_again(path)
        count += erased
    return count


def _erase_in(path: Path, wanted: Collection[bytes]) -> int:
    found = [member for member in members(path, 0) if _targets(member) & set(wanted)]
    if not found:
        return 0
    with path.open("r+b") as file:
        for member in found:
            file.seek(member.start)
            file.write(tombstone(member.end - member.start))
        file.flush()
        os.fsync(file.fileno())
    return len(found)


def _targets(member: Member) -> set[bytes]:
    head = member.head.partition(b"\r\n\r\n")[0] + b"\r\n"
    return set(TARGET.findall(head))


def tombstone(length: int) -> bytes:
    """Return a gzip member of exactly `length` bytes that holds a WARC record of type `erased`.

    Raises ValueError below 120 bytes; no record of the store is that short.
    """
    for body in range(length, -1, -1):
        record = b"WARC/1.1\r\nWARC-Type: erased\r\nContent-Length: %d\r\n\r\n" % body
        size = len(record) + body + 4
        blocks = -(-size // MAX_STORED)
        rest = length - FIXED_BYTES - 5 * blocks - size
        if rest == 0 or 2 <= rest < MAX_STORED:
            return _gzip(record + bytes(body) + b"\r\n\r\n", rest)
    raise ValueError(f"a record of {length} bytes is too short for a tombstone")


def _gzip(content: bytes, padding: int) -> bytes:
    """Return `content` as stored blocks; `padding` bytes (0, or 2 and more) go into the header."""
    head = GZIP_HEAD
    if padding:
        head = head[:3] + b"\x04" + head[4:] + (padding - 2).to_bytes(2, "little")
        head += bytes(padding - 2)
    blocks = b"".join(_blocks(content))
    trailer = zlib.crc32(content).to_bytes(4, "little") + len(content).to_bytes(4, "little")
    return head + blocks + trailer


def _blocks(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), MAX_STORED):
        part = content[start : start + MAX_STORED]
        is_last = start + MAX_STORED >= len(content)
        size = len(part).to_bytes(2, "little")
        yield bytes([is_last]) + size + bytes(255 - byte for byte in size) + part
